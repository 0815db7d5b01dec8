// The header's search: suggestions while one types, never during a composition; the page of results; keys.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let staff
inDemoCity(async () => {
  staff = await person(browser, city, 'city_staff')
})

const clean = async (who) => {
  await who.page.evaluate(axe)
  const r = await who.page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
  assert.deepEqual(r.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`), [])
  assert.deepEqual(await who.faults(), [])
}
/** A name of the demo city that stands once, and words made of it. */
const someName = async (page) => {
  const r = await page.evaluate(async () => (await fetch('/api/v1/projects?limit=1&sort=id&fields=name')).json())
  return r.items[0].name
}

test('/ focuses the box; hits come grouped by kind, arrows and Enter open one', async () => {
  const { page } = staff
  await page.goto('/projects')
  await page.locator('.z-grid tbody tr').first().waitFor()
  const name = await someName(page)
  await page.keyboard.press('/')
  await page.keyboard.type(name.slice(0, 2))
  await page.getByRole('listbox', { name: '搜索结果' }).waitFor()
  assert.ok((await page.locator('.z-sug [role=group]').count()) >= 1)
  assert.equal(await page.locator('.z-find input').getAttribute('aria-expanded'), 'true')
  await page.keyboard.press('ArrowDown')
  const active = await page.locator('.z-find input').getAttribute('aria-activedescendant')
  assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true')
  await clean(staff)
  await page.keyboard.press('Enter')
  await page.waitForURL((u) => /^\/(projects|investors|leads)\/\d+$/.test(u.pathname))
  assert.equal(await page.locator('.z-sug').count(), 0)
})

test('Esc closes the suggestions and keeps the word; an older question is given up', async () => {
  const { page } = staff
  await page.goto('/investors')
  await page.locator('.z-grid tbody tr').first().waitFor()
  const asked = []
  page.on('request', (r) => r.url().includes('/api/v1/search?') && asked.push(new URL(r.url()).searchParams.get('q')))
  await page.locator('.z-find input').focus()
  await page.keyboard.type('项目')
  await page.locator('.z-sug-o').first().waitFor()
  assert.deepEqual(asked, ['项目'])
  await page.keyboard.press('Escape')
  assert.equal(await page.locator('.z-sug').count(), 0)
  assert.equal(await page.locator('.z-find input').inputValue(), '项目')
})

test('nothing is asked while a word is being composed', async () => {
  const { page, context } = staff
  const cdp = await context.newCDPSession(page)
  await page.goto('/investors')
  await page.locator('.z-grid tbody tr').first().waitFor()
  const asked = []
  page.on('request', (r) => r.url().includes('/api/v1/search?') && asked.push(new URL(r.url()).searchParams.get('q')))
  await page.locator('.z-find input').focus()
  for (const text of ['x', 'xi', 'xiang mu']) {
    await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await page.waitForTimeout(300) // longer than the pause after which typed text is sent
  }
  assert.deepEqual(asked, [])
  await cdp.send('Input.insertText', { text: '项目' })
  await page.locator('.z-sug-o').first().waitFor()
  assert.deepEqual(asked, ['项目'])
})

test('the page of results: how it was found, tabs, j and Enter', async () => {
  const { page } = staff
  await page.goto('/projects')
  const name = await someName(page)
  const box = page.locator('.z-find input')
  await box.fill(name)
  await box.press('Enter')
  await page.waitForURL((u) => u.pathname === '/search' && u.searchParams.get('q') === name)
  await page.locator('.z-found-l li').first().waitFor()
  assert.equal(await page.locator('.z-found-l li mark').first().innerText(), name)
  await clean(staff)
  await page.getByRole('tab', { name: '全部' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.waitForURL((u) => u.searchParams.get('kind') !== null)
  await page.locator('h1').click()
  await page.keyboard.press('j')
  const href = await page.evaluate(() => document.activeElement.getAttribute('href'))
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${href}`)

  // one character wrong, and one that sounds alike
  for (const [wrong, says] of [[name.slice(0, 1) + '龘' + name.slice(2), '按一字之差找到'], [name.slice(0, -2) + '向目', '按读音找到']]) {
    await page.goto(`/search?q=${encodeURIComponent(wrong)}`)
    await page.getByText(says).waitFor()
    assert.ok((await page.locator('.z-found-l').innerText()).includes(name))
  }
  await page.goto('/search?q=' + encodeURIComponent('%_龘龘龘龘'))
  await page.getByRole('heading', { name: /没有找到/ }).waitFor()
  await clean(staff)
})

test('in English, and on a phone from the menu', async () => {
  const english = await person(browser, city, 'city_leader', { lang: 'en', viewport: { width: 390, height: 844 } })
  const { page } = english
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.locator('.z-menu-q input').fill('gnt')
  await page.locator('.z-menu-q input').press('Enter')
  await page.waitForURL((u) => u.pathname === '/search')
  await page.locator('.z-found-l li').first().waitFor()
  assert.ok((await page.locator('.z-found-l').innerText()).includes('first letters'))
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth))
  await clean(english)
})
