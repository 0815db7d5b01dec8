// Grades from low to high, and how they look.
import type { Rec } from '../api/types'

export const GRADES = ['OPEN', 'INTERNAL', 'SEALED']

/** The grade that holds: a file's is the higher of its own mark and its project's. */
export const gradeOf = (r: Rec): string => String(r.grade ?? r.secrecy ?? 'INTERNAL')

/** Where the record of a change of grade is seen. */
export const gradedAt = (r: Rec): string | null => (r.record_kind === 'lead' ? `/leads/${String(r.record_id)}` : r.project_id ? `/projects/${String(r.project_id)}` : null)

export const GRADE_FIELDS = ['secrecy', 'grade', 'clearance']
export const gradeLook = (code: unknown): string => (code === 'SEALED' ? 'is-bad' : code === 'OPEN' ? 'is-ok' : '')
