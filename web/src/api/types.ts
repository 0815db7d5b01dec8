// Names for the shapes that the server describes (openapi.d.ts), and for what it describes by its schema only:
// records and their values.
import type { components } from './openapi'

type Shape = components['schemas']

export type Scalar = Shape['Change']['before']
export type Rec = { id: number; row_version?: number } & Record<string, Scalar | Scalar[] | undefined>
export interface Page { items: Rec[]; next: string | null; total?: number; sums?: Record<string, number> }

export type Choice = Shape['Coded']
export type Group = Shape['Coded']
export type Field = Shape['Field']
export type FieldType = Field['type']
/** Groups are the same for every noun; the page gives them to each, so that a form needs one thing only. */
export type Noun = Shape['Noun'] & { groups: Group[] }
export type Stage = Shape['Stage']
export type Schema = Omit<Shape['Schema'], 'nouns'> & { nouns: Noun[] }

export type Status = Shape['Status']
export type City = Shape['City']
export type Session = Shape['Session']
export type Assignment = Shape['Held']
export type OwnSession = Shape['OwnSession']
export type Officer = Shape['Officer']
export type Region = Shape['Region']
export type Industry = Shape['Industry']
export type Role = Shape['Role']

export type ProblemBody = Omit<Shape['Problem'], 'current'> & { current?: Rec }
export type FieldError = Shape['FieldError']
export type Conflict = Shape['Conflict']
export type Value = Shape['Value']

export type Way = Shape['Way']
export type WayStage = Shape['WayStage']
export type GateItem = Shape['GateItem']
export type Link = Shape['ChainLink']
export type Step = Shape['WayStep']
export type Proposal = Shape['WayProposal']
export type Light = Shape['Light']
export type Dimension = Shape['Dimension']
export type HistoryItem = Shape['HistoryItem']
export type Change = Shape['Change']

export type Plan = Shape['Plan']
export type PlanSheet = Shape['PlanSheet']
export type PlanColumn = Shape['PlanColumn']
export type PlanRow = Shape['PlanRow']
export type PlanTotal = Shape['PlanTotal']
export type Question = Shape['PlanQuestion']
export type RowConflict = Shape['RowConflict']
export type ImportRow = Shape['ImportRow']
export type ImportRows = Shape['ImportRows']
export type Job = Shape['Job']
