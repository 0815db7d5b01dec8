// The entries of the side menu: only what exists and the role may read.
import type { Component } from 'vue'
import { Checked, Connection, Files, Lock, OfficeBuilding, RefreshLeft, Setting, Tickets, Upload, User } from '@element-plus/icons-vue'
import { can, may } from '../api/app'

/** object: of the rights table, for what is no list of records. */
export interface Entry { plural: string; to: string; icon: Component; key?: string; object?: string }

const entries: Entry[] = [
  { plural: 'projects', to: '/projects', icon: Files, key: 'p' },
  { plural: 'investors', to: '/investors', icon: OfficeBuilding, key: 'i' },
  { plural: 'leads', to: '/leads', icon: Connection, key: 'l' },
  { plural: 'proposals', to: '/proposals', icon: Checked, key: 'a' },
  { plural: 'imports', to: '/imports', icon: Upload, key: 'm' },
  { plural: 'edits', to: '/edits', icon: RefreshLeft },
  { plural: 'accounts', to: '/accounts', icon: User, key: 'u' },
  { plural: 'audit', to: '/audit', icon: Tickets },
  { plural: 'security', to: '/security', icon: Lock, object: 'security' },
  { plural: 'city', to: '/city', icon: Setting, object: 'system' },
]

export const menu = (): Entry[] => entries.filter((e) => (e.object ? can(e.object, 'R') : may(e.plural, 'R')))
