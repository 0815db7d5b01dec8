// The entries of the side menu: only what exists and the role may read.
import type { Component } from 'vue'
import { Calendar, Checked, Connection, Files, Grid, HomeFilled, Lock, OfficeBuilding, Postcard, RefreshLeft, Setting, Tickets, Upload, User } from '@element-plus/icons-vue'
import { can, fieldOf, may, nounOf } from '../api/app'

/** object: of the rights table, for what is no list of records, with the letter that opens it; needs: a field of projects that the role sees. */
export interface Entry { plural: string; to: string; icon: Component; key?: string; object?: string; letter?: string; needs?: string }

const entries: Entry[] = [
  { plural: 'home', to: '/', icon: HomeFilled },
  { plural: 'projects', to: '/projects', icon: Files, key: 'p' },
  { plural: 'board', to: '/board', icon: Grid, key: 'b', needs: 'light' },
  { plural: 'investors', to: '/investors', icon: OfficeBuilding, key: 'i' },
  { plural: 'leads', to: '/leads', icon: Connection, key: 'l' },
  { plural: 'proposals', to: '/proposals', icon: Checked, key: 'a' },
  { plural: 'imports', to: '/imports', icon: Upload, key: 'm' },
  { plural: 'edits', to: '/edits', icon: RefreshLeft },
  { plural: 'accounts', to: '/accounts', icon: User, key: 'u' },
  { plural: 'audit', to: '/audit', icon: Tickets },
  { plural: 'personal', to: '/personal', icon: Postcard, object: 'person' },
  { plural: 'security', to: '/security', icon: Lock, object: 'security' },
  { plural: 'calendar', to: '/calendar', icon: Calendar, object: 'param', letter: 'U' },
  { plural: 'city', to: '/city', icon: Setting, object: 'system' },
]

function isOpen(e: Entry): boolean {
  if (e.to === '/') return true
  if (e.needs) return fieldOf(nounOf('projects'), e.needs) !== undefined
  return e.object ? can(e.object, e.letter ?? 'R') : may(e.plural, 'R')
}

export const menu = (): Entry[] => entries.filter(isOpen)
