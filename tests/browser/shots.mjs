// Screenshots of every screen at both widths in both languages, for the eye:
//   node shots.mjs http://127.0.0.1:8080 LOGIN PASSWORD OUT_DIR [part of a name]
import { mkdirSync } from 'node:fs'
import { launch, logIn, person } from './lib.mjs'

const [base = 'http://127.0.0.1:8080', login = 'county_staff', password = 'demo2024-weifang', out = 'out', only = ''] = process.argv.slice(2)
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
  ['project', '/projects/{projects}'],
  ['project-advance', '/projects/{projects}', (p) => p.locator('.z-head .z-btn.is-pri').click()],
  ['project-open', '/projects/{open}'],
  ['project-facts', '/projects/{projects}', (p) => p.locator('#tab-facts').click()],
  ['project-evidence', '/projects/{projects}', (p) => p.locator('#tab-evidence').click()],
  ['project-contacts', '/projects/{projects}', (p) => p.locator('#tab-contacts').click()],
  ['project-edit', '/projects/{projects}/edit'],
  ['project-new', '/projects/new', (p) => p.locator('button[type=submit]').click()],
  ['investors', '/investors'],
  ['investor', '/investors/{investors}'],
  ['leads', '/leads'],
  ['lead', '/leads/{leads}'],
  ['lead-new', '/leads/new'],
  ['proposals', '/proposals'],
  ['imports', '/imports'],
  ['import', '/imports/{imports}'],
  ['import-map', '/imports/{imports}', (p, wide) => wide && p.locator('.z-head .z-btn.is-pri').click()],
  ['accounts', '/accounts'],
  ['account', '/accounts/{accounts}'],
  ['audit', '/audit'],
  ['self', '/self'],
  ['search', '/search?q=jx'],
  ['search-none', '/search?q=zzzzq'],
  ['changes', '/edits'],
  ['bin', '/edits?tab=bin'],
  ['jobs', '/jobs'],
  ['personal', '/personal'],
  ['calendar', '/calendar?year=2024'],
  ['calendar-empty', '/calendar?year=2031'],
  ['security', '/security'],
  ['grades', '/grade-changes'],
  ['city', '/city'],
  ['404', '/nothing'],
  ['menu', '/projects', (p) => p.locator('.z-top-b').last().click()],
  ['keys', '/projects', (p, wide) => wide && p.locator('.z-side-f .z-link').click()],
]

/** Records that this person sees: the first of each list, and one with an open proposal. */
const FIRST = { projects: 'projects?stage=SIGNED&side=ACTIVE', open: 'proposals?state=OPEN', investors: 'investors?', leads: 'leads?', imports: 'imports?', accounts: 'accounts?' }
const firstIds = (page) => page.evaluate(async (asked) => {
  const ids = {}
  for (const [name, path] of Object.entries(asked)) {
    const r = await fetch(`/api/v1/${path}&limit=1`)
    const one = r.ok ? (await r.json()).items[0] : undefined
    ids[name] = one && (name === 'open' ? one.project_id : one.id)
  }
  return ids
}, FIRST)

const browser = await launch()
const shoot = async (page, name, full) => page.screenshot({ path: `${out}/${name}.png`, fullPage: full })

/** One screen; what could not be done there is said and pictured as it stands. */
async function screen(p, ids, [name, path, act], size, lang) {
  const isWide = size === 'wide'
  const wanted = /{(\w+)}/.exec(path)?.[1]
  if (wanted && !ids[wanted]) return
  await p.page.goto(path.replace(`{${wanted}}`, ids[wanted]))
  await p.idle()
  if (act) await Promise.resolve(act(p.page, isWide)).catch((e) => console.log(lang, size, name, e.message.split('\n')[0]))
  await p.idle()
  await shoot(p.page, `${name}-${size}-${lang}`, !isWide && !act)
}

for (const lang of ['zh', 'en']) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    const p = await person(browser, { base }, '', { lang, viewport })
    await p.page.goto('/login')
    await p.idle()
    if ('login'.includes(only)) await shoot(p.page, `login-${size}-${lang}`, false)
    await logIn(p.page, login, password)
    const ids = await firstIds(p.page)
    for (const s of SCREENS.filter(([name]) => name.includes(only))) await screen(p, ids, s, size, lang)
    for (const f of await p.faults()) console.log(lang, size, f)
    await p.context.close()
  }
}
await browser.close()
