// Screenshots of every screen at both widths in both languages, for the eye:
//   node shots.mjs http://127.0.0.1:8080 LOGIN PASSWORD OUT_DIR [part of a name]
import { mkdirSync } from 'node:fs'
import { open } from './lib.mjs'

const [base = 'http://127.0.0.1:8080', login = 'zhou', password = 'zhou', out = 'out', only = ''] = process.argv.slice(2)
mkdirSync(out, { recursive: true })
const SIZES = { wide: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } }


const SCREENS = [
  ['home', '/'],
  ['board', '/board'],
  ['list', '/projects'],
  ['list-filter', '/projects', (p, wide) => p.locator(wide ? 'th[data-field=region_code] .z-ibtn' : '.z-list-bar .z-btn').first().click()],
  ['list-money', '/projects', (p, wide) => wide && p.locator('th.is-num .z-ibtn').first().click()],
  ['list-columns', '/projects', (p, wide) => wide && p.locator('.z-list-r .z-btn').click()],
  ['list-empty', '/projects?q=zzzz'],
  ['project', '/projects/1'],
  ['project-advance', '/projects/1', (p) => p.locator('.z-head .z-btn.is-pri').click()],
  ['project-open', '/projects/3'],
  ['project-facts', '/projects/1', (p) => p.locator('#tab-facts').click()],
  ['project-evidence', '/projects/1', (p) => p.locator('#tab-evidence').click()],
  ['project-contacts', '/projects/1', (p) => p.locator('#tab-contacts').click()],
  ['project-edit', '/projects/1/edit'],
  ['project-new', '/projects/new', (p) => p.locator('button[type=submit]').click()],
  ['investors', '/investors'],
  ['investor', '/investors/1'],
  ['leads', '/leads'],
  ['lead-new', '/leads/new'],
  ['proposals', '/proposals'],
  ['imports', '/imports'],
  ['import', '/imports/1'],
  ['import-map', '/imports/1', (p, wide) => wide && p.locator('.z-head .z-btn.is-pri').click()],
  ['accounts', '/accounts'],
  ['account', '/accounts/1'],
  ['audit', '/audit'],
  ['self', '/self'],
  ['404', '/nothing'],
  ['menu', '/projects', (p) => p.locator('.z-top-b').last().click()],
  ['keys', '/projects', (p, wide) => wide && p.locator('.z-side-f .z-link').click()],
]

const { browser, page: first } = await open(base, { viewport: SIZES.wide })
await first.context().close()
for (const lang of ['zh', 'en']) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    const context = await browser.newContext({ viewport, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
    await context.addInitScript((l) => localStorage.setItem('z.lang', l), lang)
    const page = await context.newPage()
    page.on('console', (m) => m.type() === 'error' && console.log(lang, size, 'console:', m.text()))
    page.on('pageerror', (e) => console.log(lang, size, 'error:', e.message))
    await page.goto(`${base}/login`)
    await page.locator('#login').waitFor()
    if ('login'.includes(only)) await page.screenshot({ path: `${out}/login-${size}-${lang}.png` })
    await page.locator('#login').fill(login)
    await page.locator('#password').fill(password)
    await page.locator('button[type=submit]').click()
    await page.waitForURL((u) => !u.pathname.startsWith('/login'))
    for (const [name, path, act] of SCREENS) {
      if (only && !name.includes(only)) continue
      await page.goto(base + path)
      await page.waitForLoadState('networkidle').catch(() => undefined)
      try {
        if (act) await act(page, size === 'wide')
      } catch (e) {
        console.log(lang, size, name, e.message.split('\n')[0])
      }
      await page.waitForTimeout(350)
      await page.screenshot({ path: `${out}/${name}-${size}-${lang}.png`, fullPage: size === 'phone' && !act })
    }
    await context.close()
  }
}
await browser.close()
