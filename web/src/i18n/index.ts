// Two languages. Chinese is in the first bundle, English loads when it is chosen. Messages are
// interpreted, not compiled to functions at run time, so the policy needs no unsafe-eval.
import { createI18n } from 'vue-i18n'
import { zh } from './zh'

export type Lang = 'zh' | 'en'
const KEY = 'z.lang'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as string,
  fallbackLocale: 'zh',
  messages: { zh } as Record<string, typeof zh>,
})

export const lang = (): Lang => (i18n.global.locale.value === 'en' ? 'en' : 'zh')

export function savedLang(): Lang | null {
  const v = localStorage.getItem(KEY)
  return v === 'en' || v === 'zh' ? v : null
}

export async function setLang(l: Lang): Promise<void> {
  if (l === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./en')).en)
  }
  i18n.global.locale.value = l
  localStorage.setItem(KEY, l)
  document.documentElement.lang = l === 'en' ? 'en' : 'zh-CN'
}
