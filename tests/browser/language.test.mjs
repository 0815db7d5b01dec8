// English is whole: walking all pages, what the interface itself says holds no Chinese in English and no
// English in Chinese. Data (names, places as stored, what people wrote) is not the interface.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

inDemoCity()

/** What is said in every language alike: codes, formats, keys, names of things. */
const ALIKE = ['EN', 'XLSX', 'CSV', 'TSV', 'PDF', 'OFD', 'Excel', 'WPS', 'Office', 'Ctrl', 'Enter', 'Esc', 'COD', 'VOC', 'TOTP', 'ID', 'IP', 'ASVS']
const PATHS = {
  county_staff: ['/', '/board', '/projects?v=all', '/projects?v=all&q=99999999', '/projects/new', '/investors', '/investors/1', '/investors/new', '/leads', '/leads/new', '/proposals', '/imports', '/edits', '/edits?tab=bin', '/edits?tab=bulk', '/jobs', '/search', '/personal', '/calendar', '/calendar?year=2031', '/self', '/nothing'],
  county_reviewer: ['/', '/proposals'],
  dept_handler: ['/'],
  sys_admin: ['/', '/accounts', '/accounts/1', '/accounts/1/edit', '/accounts/new', '/city', '/calendar', '/calendar?year=2031', '/security'],
  sec_admin: ['/accounts/1', '/security'],
  log_admin: ['/audit'],
}

/** Headings, labels, buttons, menus, tabs, states, notes and errors: the words of the interface. In English a name of the data is taken out where it stands among words. */
const words = (page, data) => page.evaluate((names) => {
  const said = new Set()
  const what = 'h1, h2, h3, thead th, label, legend, button, dt, nav a, option, [role=tab], .z-head .z-tag, .z-hint, .z-note, .z-err, .z-wb-n, .z-found-s, .z-state p, .z-toast > span, .el-dialog__title, .el-dialog__body p, .z-notices > p, .z-notices .z-tag, .z-notices-j, .el-select-dropdown__empty'
  const without = (text) => names.reduce((rest, name) => rest.replaceAll(name, ''), text)
  for (const el of document.querySelectorAll(what)) {
    if (el.closest('tbody, .z-sug, .z-grid tfoot, .z-task, .z-own, .z-opt, .z-wb-p, .z-bc, .z-hist') || el.closest('[lang]') !== document.documentElement) continue
    const own = el.cloneNode(true)
    own.querySelectorAll('.z-who').forEach((who) => who.remove()) // the person's name
    const text = without(own.textContent.trim())
    if (text && !text.startsWith('Mozilla/')) said.add(text) // what a browser calls itself
  }
  for (const el of document.querySelectorAll('[placeholder]')) said.add(el.getAttribute('placeholder'))
  for (const el of document.querySelectorAll('section[aria-label], [role=dialog][aria-label], [role=tablist][aria-label], button[aria-label]'))
    if (!el.closest('tbody, .z-task, .z-bc') && el.closest('[lang]') === document.documentElement) said.add(without(el.getAttribute('aria-label')))
  return [...said]
}, data)

/** A project that this person sees, with what the conditions ask for. */
const find = (page, where) => page.evaluate(async (q) => (await (await fetch(`/api/v1/projects?limit=1&fields=name&${q}`)).json()).items[0], where)

/** Dialogs and errors, each opened as people open it. `say` picks the word of the language; look(...data) reads the page without these names. */
const SCENES = {
  county_staff: {
    async 'a new project that lacks what it must have'({ page, idle }, say, look) {
      await page.goto('/projects/new')
      await page.getByLabel(new RegExp(say('^总投资', '^Total investment'))).first().fill('很多')
      await page.locator('.z-form-bar [type=submit]').click()
      await page.locator('.z-form-e').waitFor()
      await idle()
      await look()
    },
    async 'a bulk act and what it needs'({ page, idle }, say, look) {
      await page.goto('/projects?v=all')
      await page.locator('.z-grid tbody tr').first().waitFor()
      await page.locator('th.is-pick input').check()
      await look()
      await page.getByRole('button', { name: say('批量操作', 'Act on all'), exact: true }).click()
      const d = page.getByRole('dialog')
      await d.getByRole('button', { name: say('预览', 'Preview'), exact: true }).click()
      await d.getByRole('alert').waitFor()
      await look()
      await d.locator('select').first().selectOption('SUSPEND')
      await look()
      await d.getByRole('button', { name: say('预览', 'Preview'), exact: true }).click()
      await d.getByRole('alert').waitFor()
      await idle()
      await look()
    },
    async 'a column filter, the columns, an export, a view to be saved and the views'({ page, idle }, say, look) {
      await page.goto('/projects?v=all')
      await page.locator('.z-grid tbody tr').first().waitFor()
      for (const one of [page.locator('th[data-field=stage] .z-ibtn'), page.locator('.z-list-r > .z-btn'), page.getByRole('button', { name: say('导出', 'Export'), exact: true })]) {
        await one.click()
        await page.getByRole('dialog').waitFor()
        await idle()
        await look()
        await page.keyboard.press('Escape')
      }
      await page.getByRole('button', { name: say('保存为视图', 'Save as view') }).click()
      await page.getByRole('dialog').getByRole('button', { name: say('保存为视图', 'Save as view') }).click()
      await page.getByRole('dialog').getByText(say('给视图起个名字', 'Give the view a name')).waitFor()
      await look()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: say('管理视图', 'Manage views') }).click()
      await page.getByRole('dialog').waitFor()
      await idle()
      await look()
    },
    async 'two who edit one project; the officer picker'({ page, idle }, say, look) {
      await page.goto('/')
      const project = await find(page, 'stage=STARTED&side=ACTIVE')
      await page.goto(`/projects/${project.id}/edit`)
      await page.getByRole('combobox', { name: say('服务专员', 'Service officer'), exact: true }).fill('zzzz')
      await idle()
      await look(project.name)
      await page.keyboard.press('Escape')
      const site = page.getByLabel(say('建设地点', 'Site'), { exact: true })
      await page.evaluate(async ({ id, site: other }) => {
        const r = await (await fetch(`/api/v1/projects/${id}`)).json()
        await fetch(`/api/v1/projects/${id}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'zhaoyin', 'If-Match': `"${r.row_version}"` }, body: JSON.stringify({ site: other }) })
      }, { id: project.id, site: `${Date.now()}` })
      await site.fill('88')
      await page.getByRole('button', { name: say('保存', 'Save'), exact: true }).click()
      await page.locator('.z-conf').waitFor()
      await look(project.name)
    },
    async 'a grade and a step that are proposed, all tabs'({ page, idle }, say, look) {
      await page.goto('/')
      const project = await find(page, 'secrecy=INTERNAL&stage=STARTED&side=ACTIVE')
      await page.goto(`/projects/${project.id}`)
      await page.locator('.z-way').waitFor()
      for (const tab of await page.locator('.z-proj-m [role=tab]').all()) {
        await tab.click()
        await idle()
        await look(project.name)
      }
      await page.locator('.z-head [aria-haspopup]').click()
      await look(project.name)
      await page.getByRole('button', { name: say('变更密级', 'Change grade') }).click()
      await page.locator('#gr-why').press('Control+Enter')
      await page.getByRole('alert').waitFor()
      await look(project.name)
      await page.keyboard.press('Escape')
      await page.locator('.el-dialog').waitFor({ state: 'hidden' })
      await page.locator('.z-head [aria-haspopup]').click()
      await page.getByRole('button', { name: say('终止项目', 'Terminate project') }).click()
      await page.getByRole('dialog').getByRole('button', { name: say('终止项目', 'Terminate project') }).click()
      await page.getByRole('dialog').locator('.z-err').first().waitFor()
      await look(project.name)
    },
    async 'a project that is not deleted, a lead that is and comes back'({ page, idle }, say, look) {
      await page.goto('/leads')
      const project = await find(page, 'stage=STARTED&is_stage_verified=1')
      const lead = page.locator('.z-grid a[data-row]').first()
      const name = (await lead.textContent()).trim()
      await lead.click()
      await page.getByRole('button', { name: say('删除线索', 'Delete lead') }).click()
      await page.locator('.z-toast').waitFor()
      await idle()
      await look(name)
      await page.keyboard.press('z')
      await page.getByText(say('已撤销', 'Taken back'), { exact: true }).waitFor()
      await page.goto(`/projects/${project.id}`)
      await page.locator('.z-head [aria-haspopup]').click()
      await page.getByRole('button', { name: say('删除项目', 'Delete project') }).click()
      await page.getByRole('alert').waitFor()
      await look(project.name)
    },
    async 'a contact that is to be deleted'({ page }, say, look) {
      await page.goto('/')
      const owner = await page.evaluate(async () => (await (await fetch('/api/v1/contacts?owner_kind=INVESTOR&limit=1')).json()).items[0].owner_id)
      await page.goto(`/investors/${owner}`)
      await page.locator('.z-child').getByRole('button', { name: say('删除', 'Delete'), exact: true }).first().click()
      await page.getByRole('dialog').waitFor()
      await look(...(await page.locator('h1').allTextContents()))
    },
    async 'notices, keys, the menu of the account'({ page, idle }, say, look) {
      await page.goto('/')
      await idle()
      await page.locator('.z-bell').click()
      await look()
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      await look()
      await page.keyboard.press('Escape')
      await page.locator('.z-top-b').last().click()
      await look()
    },
    async 'what a search finds'({ page, idle }, say, look) {
      const q = say('项目', 'gnt')
      await page.goto(`/search?q=${q}`)
      await page.locator('.z-found-l').waitFor()
      await idle()
      await look(q)
    },
    async 'a second factor that is set up'({ page, idle }, say, look, password) {
      await page.goto('/self')
      await page.getByRole('button', { name: say('绑定双因素', 'Enrol a second factor') }).click()
      await page.locator('#f-password').fill('wrong')
      await page.locator('#f-password').press('Enter')
      await page.locator('.z-err').first().waitFor()
      await look()
      await page.locator('#f-password').fill(password)
      await page.locator('#f-password').press('Enter')
      await page.locator('#f-code').fill('000000')
      await page.locator('#f-code').press('Enter')
      await page.locator('#f-code-e.z-err').waitFor()
      await idle()
      await look()
    },
  },
  sec_admin: {
    async 'a clearance'({ page }, say, look) {
      await page.goto('/accounts')
      await page.getByRole('link', { name: 'county_leader', exact: true }).click()
      await page.getByRole('button', { name: say('设定涉密范围', 'Set clearance') }).click()
      await page.locator('#cl-reason').press('Control+Enter')
      await page.getByRole('dialog').locator('.z-err').first().waitFor()
      await look(...(await page.locator('.el-dialog__title').allTextContents()).map((x) => x.split(/: |：| of /)[1]), 'county_leader')
    },
  },
  sys_admin: {
    async 'a calendar that lacks its notice, and a list that is not understood'({ page }, say, look) {
      await page.goto('/calendar')
      await page.locator('#cal-2024-04-10').click()
      await page.locator('#cal-source').fill('')
      await page.keyboard.press('Control+Enter')
      await page.locator('#cal-source-h.z-err').waitFor()
      await look()
      await page.getByRole('button', { name: say('粘贴名单', 'Paste a list') }).click()
      const dialog = page.getByRole('dialog')
      const lines = ['77', '2024-02-30,休', '2024-04-04,8', '2025-04-04,休', '2024-04-08,班', '2024-04-04,休', '2024-04-04,休', `2024-04-05,休,${'8'.repeat(21)}`]
      await dialog.locator('#cal-text').fill(lines.join('\n'))
      await dialog.getByRole('button', { name: say('用这份名单', 'Use this list') }).click()
      await dialog.getByRole('alert').waitFor()
      await look(...lines.map((l) => l.slice(0, 40)))
      await dialog.locator('#cal-text').fill('')
      await dialog.getByRole('button', { name: say('用这份名单', 'Use this list') }).click()
      await dialog.getByText(say('名单是空的', 'The list is empty')).waitFor()
      await look()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: say('放弃草稿', 'Discard draft') }).click()
    },
    async 'an account that exists already'({ page, idle }, say, look) {
      await page.goto('/accounts/new')
      await page.locator('.z-form-bar [type=submit]').click()
      await page.locator('.z-form-e').waitFor()
      await look()
    },
  },
}

async function walk(lang, isWrong) {
  const found = new Set()
  const say = (zh, en) => (lang === 'zh' ? zh : en)
  for (const [login, paths] of Object.entries(PATHS)) {
    const p = await person(browser, city, login, { lang })
    const read = async (where, ...data) => {
      const all = await words(p.page, data)
      assert.ok(all.length > 5, where)
      for (const text of all) if (isWrong(text)) found.add(`${where}: ${text.slice(0, 80)}`)
    }
    // Persons in a filter with their counts are data.
    const names = async () => (await p.page.locator('select option').allTextContents()).filter((o) => /^\p{Script=Han}{2,4} \d+$/u.test(o))
    for (const path of paths) {
      await p.page.goto(path)
      await p.page.locator('main h1').first().waitFor()
      await p.idle()
      await read(path, ...(path.match(/\d(\/edit)?$/) ? await p.page.locator('main h1').allTextContents() : []), ...(path === '/board' && lang === 'en' ? await names() : []))
    }
    for (const [name, scene] of Object.entries(SCENES[login] ?? {}))
      await scene(p, say, (...data) => read(name, ...data), city.password)
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
