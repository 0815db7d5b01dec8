// English is whole: walking all pages, what the interface itself says holds no Chinese in English and no
// English in Chinese. Data (names, places as stored, what people wrote) is not the interface.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, person, serveDemo } from './lib.mjs'

let city, browser
before(async () => {
  city = await serveDemo()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await city?.stop()
})

/** What is said in every language alike: codes, formats, keys, names of things. */
const ALIKE = ['EN', 'XLSX', 'CSV', 'TSV', 'PDF', 'OFD', 'Excel', 'WPS', 'Office', 'Ctrl', 'Enter', 'Esc', 'COD', 'VOC', 'TOTP', 'ID', 'IP']
const ROLES = {
  county_staff: ['/', '/projects?v=all', '/projects/new', '/investors', '/investors/new', '/leads', '/leads/new', '/proposals', '/imports', '/edits', '/edits?tab=bin', '/edits?tab=bulk', '/jobs', '/self', '/nothing'],
  sys_admin: ['/accounts', '/accounts/new'],
  log_admin: ['/audit'],
}

/** Headings of pages and columns, labels, buttons, menus, tabs, states: the words of the interface. */
const words = (page) => page.evaluate(() => {
  const said = new Set()
  const what = 'h1, thead th, label, button, dt, h3, nav a, option, legend, .z-tag, .z-hint, .z-state h2, .z-state p'
  for (const el of document.querySelectorAll(what)) {
    if (el.closest('tbody, .z-sug') || el.closest('[lang]') !== document.documentElement) continue
    const own = el.cloneNode(true)
    own.querySelectorAll('.z-who').forEach((who) => who.remove()) // the person's name
    const text = own.textContent.trim()
    if (text && !text.startsWith('Mozilla/')) said.add(text) // what a browser calls itself
  }
  for (const el of document.querySelectorAll('[placeholder]')) said.add(el.getAttribute('placeholder'))
  return [...said]
})

async function walk(lang, isWrong) {
  const found = new Set()
  for (const [login, paths] of Object.entries(ROLES)) {
    const p = await person(browser, city, login, { lang })
    for (const path of paths) {
      await p.page.goto(path)
      await p.page.locator('main h1').first().waitFor()
      await p.idle()
      for (const text of await words(p.page)) if (isWrong(text)) found.add(`${path}: ${text.slice(0, 80)}`)
    }
    await p.context.close()
  }
  return [...found]
}

test('no Chinese in the English interface', async () => {
  assert.deepEqual(await walk('en', (s) => /\p{Script=Han}/u.test(s)), [])
})

test('no English in the Chinese interface', async () => {
  assert.deepEqual(await walk('zh', (s) => (s.match(/[A-Za-z]{3,}/g) ?? []).some((w) => !ALIKE.includes(w))), [])
})

test('the language changes where one stands, without the page being loaded again', async () => {
  const p = await person(browser, city, 'county_staff')
  await p.page.goto('/projects?v=all&w.stage=SIGNED')
  await p.page.locator('.z-grid tbody tr').first().waitFor()
  await p.page.evaluate(() => (window.stays = true))
  await p.page.getByRole('button', { name: /EN（/ }).click()
  await p.page.getByRole('heading', { name: 'Projects', exact: true }).waitFor()
  assert.equal(await p.page.evaluate(() => window.stays), true)
  assert.match(p.page.url(), /w\.stage=SIGNED/)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})
