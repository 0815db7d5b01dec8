// Small choices kept on this device, by account: columns, units, page size.
import { ref, type Ref } from 'vue'
import { app } from '../api/app'
import type { MoneyUnit } from './format'

const keyOf = (name: string): string => `z.${app.session?.account.id ?? 0}.${name}`

export function pref<T>(name: string, fallback: T): T {
  const s = localStorage.getItem(keyOf(name))
  if (s === null) return fallback
  try {
    return JSON.parse(s) as T
  } catch {
    return fallback
  }
}

export function setPref(name: string, value: unknown): void {
  localStorage.setItem(keyOf(name), JSON.stringify(value))
}

export const moneyUnit: Ref<MoneyUnit> = ref('yi')

export function loadMoneyUnit(): void {
  moneyUnit.value = pref<MoneyUnit>('unit', 'yi')
}

export function setMoneyUnit(u: MoneyUnit): void {
  moneyUnit.value = u
  setPref('unit', u)
}
