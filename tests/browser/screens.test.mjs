// Every screen, in both languages and widths: axe with its panels open, no policy violation, no
// console error, no sideways scroll, and the budget of the first screen.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
inDemoCity()

async function violations(page) {
  await page.evaluate(axe)
  const r = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
  return r.violations.map((v) => `${new URL(page.url()).pathname} ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)
}
const wide = async (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const settle = async (p) => {
  await p.page.locator('main h1').first().waitFor()
  await p.idle()
}
/** Opens each in turn on the page: what a press must have opened before axe looks. */
const OPEN = {
  '/projects': ['th[data-field=region_code] .z-ibtn', 'th.is-num .z-ibtn', '.z-list-r .z-btn', '.z-top-b >> nth=-1'],
  '/board': ['.z-bc-f .z-link >> nth=0'],
  '/#work': ['.z-tabs [role=tab] >> nth=1', '.z-tabs [role=tab] >> nth=0', '.z-task .z-btn >> nth=0'],
  '/projects/1': ['.z-head [aria-haspopup]', '.z-head .z-btn.is-pri', '#tab-evidence', '#tab-contacts', '#tab-facts', '#tab-history', '#tab-parties'],
  '/calendar?year=2024': ['#cal-2024-04-10', '.z-head .z-btn >> nth=0'],
  '/projects/1/edit': ['.el-select__wrapper >> nth=0'],
}
const ROLES = {
  county_reviewer: ['/#work'],
  service_officer: ['/'],
  dept_handler: ['/'],
  city_staff: ['/', '/board', '/projects', '/projects?v=all&q=zzzzzz', '/projects/1', '/projects/1/edit', '/projects/new', '/investors', '/investors/1', '/investors/new', '/leads', '/leads/1', '/leads/new', '/proposals', '/imports', '/edits', '/edits?tab=bin', '/jobs', '/search', '/search?q=gnt', '/personal', '/personal/1', '/calendar', '/calendar?year=2031', '/self', '/nothing'],
  sys_admin: ['/', '/accounts', '/accounts/1', '/accounts/1/edit', '/accounts/new', '/city', '/calendar?year=2024', '/calendar?year=2031', '/security'],
  sec_admin: ['/accounts', '/accounts/1', '/security', '/self'],
  log_admin: ['/audit'],
}
const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
]

for (const lang of ['zh', 'en']) {
  for (const viewport of SIZES) {
    test(`screens ${lang} ${viewport.width}`, async () => {
      const found = []
      for (const [login, paths] of Object.entries(ROLES)) {
        const p = await person(browser, city, login, { lang, viewport })
        for (const path of paths) {
          await p.page.goto(path)
          await settle(p)
          found.push(...(await violations(p.page)))
          if ((await wide(p.page)) > 0) found.push(`${path} scrolls sideways at ${viewport.width}`)
          for (const what of viewport.width > 768 ? OPEN[path] ?? [] : []) {
            await p.page.locator(what).first().click()
            await settle(p)
            found.push(...(await violations(p.page)).map((v) => `${what}: ${v}`))
            await p.page.keyboard.press('Escape')
          }
          found.push(...(await p.faults()))
          p.bad.length = 0
        }
        await p.context.close()
      }
      assert.deepEqual(found, [])
    })
  }
}

test('no page scrolls sideways at 1280 and 1920', async () => {
  for (const width of [1280, 1920]) {
    const p = await person(browser, city, 'city_staff', { viewport: { width, height: 800 } })
    for (const path of ROLES.city_staff) {
      await p.page.goto(path)
      await settle(p)
      assert.ok((await wide(p.page)) <= 0, `${path} at ${width}`)
    }
    await p.context.close()
  }
})

// Nobody else here logs in as the auditor: who failed twice has to wait, however right the next password is.
test('log-in page, both widths; a wrong password is said', async () => {
  for (const viewport of SIZES) {
    const p = await person(browser, city, null, { viewport })
    await p.page.goto('/login')
    await settle(p)
    assert.deepEqual(await violations(p.page), [])
    await p.page.locator('#login').fill('city_auditor')
    await p.page.locator('#password').fill('not the password')
    await p.page.locator('button[type=submit]').click()
    await p.page.getByRole('alert').waitFor()
    assert.deepEqual(await violations(p.page), [])
    assert.equal(new URL(p.page.url()).pathname, '/login')
    await p.context.close()
  }
})

test('a planted violation is seen by the listener that found none above', async () => {
  const p = await person(browser, city, 'city_staff')
  assert.deepEqual(await p.page.evaluate(() => window.violations), [])
  await p.page.evaluate(() => {
    const d = document.createElement('div')
    d.innerHTML = '<b style="color:red">x</b>'
    document.body.append(d)
  })
  await p.page.waitForFunction(() => window.violations.length > 0)
  assert.match((await p.page.evaluate(() => window.violations))[0], /style-src/)
  await p.context.close()
})

test('budget: first screens at most 200 KB compressed, further ones at most 40 KB', async () => {
  const p = await person(browser, city, null)
  const loads = []
  // All of it: page, scripts, styles, and the data they ask for; event streams have no end.
  p.page.on('response', (r) => !r.url().includes('/events') && loads.push(r))
  const spent = async () => {
    await p.idle()
    await p.page.waitForTimeout(2000) // what is fetched ahead counts too
    await p.idle()
    const sizes = await Promise.all(loads.splice(0).map(async (r) => (await r.request().sizes()).responseBodySize))
    return sizes.reduce((a, b) => a + b, 0)
  }
  await p.page.goto('/login')
  let first = await spent()
  await p.page.locator('#login').fill('city_staff')
  await p.page.locator('#password').fill(city.password)
  await p.page.locator('button[type=submit]').click()
  await p.page.locator('.z-wb-f').waitFor()
  first += await spent()
  console.log(`log-in and workbench: ${first} bytes`)
  assert.ok(first > 0 && first <= 200 * 1024, `${first} bytes`)
  for (const [name, link, ready] of [['list', '.z-side a[href="/projects"]', '.z-grid'], ['project', '.z-grid tbody a', '.z-way'], ['form', '.z-head a.z-btn', '.z-form-g']]) {
    await p.page.locator(link).first().click()
    await p.page.locator(ready).waitFor()
    const more = await spent()
    console.log(`${name}: ${more} bytes`)
    assert.ok(more <= 40 * 1024, `${name}: ${more} bytes`)
  }
  await p.context.close()
})

test('an ended session asks to log in and comes back; the draft is still there', async () => {
  const p = await person(browser, city, 'city_staff')
  await p.page.goto('/projects/1/edit')
  await p.page.getByLabel('责任单位').fill('草稿里的单位')
  await p.context.clearCookies()
  await p.page.getByRole('button', { name: '保存', exact: true }).click()
  await p.page.waitForURL(/\/login\?/)
  await p.page.locator('#login').fill('city_staff')
  await p.page.locator('#password').fill(city.password)
  await p.page.locator('button[type=submit]').click()
  await p.page.waitForURL('**/projects/1/edit')
  await p.page.locator('.z-form-g').waitFor()
  assert.equal(await p.page.getByLabel('责任单位').inputValue(), '草稿里的单位')
  await p.context.close()
})
