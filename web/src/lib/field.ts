// A field that no noun has, for a control of its own.
import type { Field } from '../api/types'

const plain: Omit<Field, 'name' | 'type'> = {
  label: '', unit: null, digits: 0, group: 'base', required: false, final: false, list: false, filter: false, sort: false, sum: false,
  search: false, form: true, import: false, personal: false, bulk: false, readonly: false, max: 0, ref: null, pick: null, preset: null, choices: [],
}

export const fieldOf = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({ ...plain, name, type, ...more })
