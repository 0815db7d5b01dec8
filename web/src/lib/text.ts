// Words that several screens share.
import { useI18n } from 'vue-i18n'
import { nounOf } from '../api/app'
import { Problem } from '../api/client'
import { lang } from '../i18n'
import type { Field, Noun, Rec } from '../api/types'
import { fieldText, moneySaid, valueText, type Look } from './format'
import { moneyUnit } from './prefs'

export interface Texts {
  look: () => Look
  of: (f: Field, rec: Rec) => string
  value: (f: Field, v: Rec[string]) => string
  unit: (f: Field) => string
  /** An amount in a sentence: 亿元, billions. */
  said: (fen: number | bigint) => string
  /** A noun inside a sentence: English writes it small. */
  called: (n: Noun | undefined) => string
  /** The act that adds one: Add talk. */
  add: (plural: string) => string
  problem: (e: unknown) => string
}

export function useTexts(): Texts {
  const { t, te } = useI18n()
  const called = (n: Noun | undefined): string => (lang() === 'en' ? (n?.label ?? '').toLowerCase() : n?.label ?? '')
  const look = (): Look => ({ unit: moneyUnit.value, yes: t('common.yes'), no: t('common.no'), and: t('wb.and') })
  return {
    look,
    of: (f, rec) => fieldText(f, rec, look()),
    value: (f, v) => valueText(f, v, look()),
    unit: (f) => (f.type === 'fen' ? t(moneyUnit.value === 'yi' ? 'unit.yi' : 'unit.wan') : f.type === 'bytes' ? '' : f.unit ?? ''),
    said: (fen) => t('wb.yi', { n: moneySaid(fen, lang() === 'en') }),
    called,
    add: (plural) => (te(`new.${plural}`) ? t(`new.${plural}`) : t('new.any', { noun: called(nounOf(plural)) })),
    problem: (e) => {
      if (!(e instanceof Problem)) return e instanceof Error ? e.message : String(e)
      if (e.status === 0) return t('error.offline')
      const lines = [e.body.title, e.body.detail ?? '', ...e.errors.map((x) => x.message)]
      return lines.filter((l, i) => l && lines.indexOf(l) === i).join('\u3000')
    },
  }
}

export const listFields = (n: Noun): Field[] => n.fields.filter((f) => f.list)
