// The pictures of the user guide: made from the demo city by the program as it is, in both languages.
// GUIDE_PICTURES=docs/guide node --test guide.test.mjs   puts them there (script/guide does);
// otherwise they are made and thrown away, and what the guides name must be what is made.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { launch, person, serveDemo } from './lib.mjs'

const ROOT = new URL('../..', import.meta.url).pathname
const WIDE = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }
const LIST = '2024年二季度在谈项目表,,,\n单位：万元,,,\n序号,项目名称,投资方,总投资\n1,海岸示例膜材料项目,海岸示例膜业有限公司,12000\n2,海岸示例冷链项目,海岸示例冷链有限公司,约8000\n,合计,,20000\n'

const row = (p) => p.locator('.z-grid tbody tr').first()
/** The largest signed project, opened. */
async function open(p) {
  await p.goto('/self')
  const id = await p.evaluate(() => fetch('/api/v1/projects?stage=SIGNED&sort=-total_invest_fen&limit=1').then((r) => r.json()).then((list) => list.items[0].id))
  await p.goto(`/projects/${id}`)
  await p.locator('.z-way').waitFor()
}
async function importList(p) {
  await p.goto('/imports')
  await p.locator('input[type=file]').setInputFiles({ name: '海岸示例台账.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
  await p.waitForURL(/\/imports\/\d+$/)
  await p.locator('.z-facts').first().waitFor()
}

// name, who, and what is done before the picture is taken
const PICTURES = [
  ['login', null, (p) => p.goto('/login')],
  ['workbench', 'county_staff', (p) => p.goto('/')],
  ['search', 'county_staff', (p) => p.goto('/search?q=yingke')],
  ['list', 'county_staff', (p) => p.goto('/projects')],
  ['filter', 'county_staff', async (p) => {
    await p.goto('/projects')
    await row(p).waitFor()
    await p.locator('th', { has: p.locator('.z-ibtn') }).nth(3).locator('.z-ibtn').click()
  }],
  ['project', 'county_staff', open],
  ['advance', 'county_staff', async (p) => {
    await open(p)
    await p.locator('.z-head .z-btn.is-pri').click()
    await p.getByRole('dialog').waitFor()
  }],
  ['review', 'county_reviewer', (p) => p.goto('/proposals')],
  ['board', 'county_staff', (p) => p.goto('/board')],
  ['import', 'county_staff', importList],
  ['phone', 'county_staff', open, PHONE],
]

let city, browser, folder
before(async () => {
  city = await serveDemo()
  browser = await launch()
  folder = process.env.GUIDE_PICTURES ? resolve(process.env.GUIDE_PICTURES) : mkdtempSync(join(tmpdir(), 'guide-'))
  mkdirSync(folder, { recursive: true })
})
after(async () => {
  await browser?.close()
  await city?.stop()
  if (folder && !process.env.GUIDE_PICTURES) rmSync(folder, { recursive: true })
})

for (const [lang, file] of [['zh', 'docs/user-guide.zh-CN.md'], ['en', 'docs/user-guide.md']]) {
  for (const [name, login, act, viewport = WIDE] of PICTURES) {
    test(`picture ${name}, ${lang}`, async () => {
      const p = await person(browser, city, login, { lang, viewport })
      await act(p.page)
      await p.idle()
      const path = join(folder, `${name}.${lang}.png`)
      await p.page.screenshot({ path })
      assert.ok(statSync(path).size > 10_000)
      assert.deepEqual(await p.faults(), [])
      await p.context.close()
    })
  }

  test(`${file} shows each picture once`, () => {
    const shown = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/!\[[^\]]+\]\(guide\/([a-z]+)\.(zh|en)\.png\)/g)]
    assert.deepEqual(shown.map((m) => m[2]), shown.map(() => lang))
    assert.deepEqual(shown.map((m) => m[1]).sort(), PICTURES.map(([name]) => name).sort())
    for (const m of shown) statSync(join(ROOT, 'docs/guide', `${m[1]}.${lang}.png`))
  })
}
