// First run: a fresh database asks for the code that the program printed, and makes the administrator.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enrol, launch, person, serveFresh } from './lib.mjs'

let city, browser
before(async () => {
  city = await serveFresh()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await city?.stop()
})

test('set-up refuses a wrong code, then makes an account that can log in', async () => {
  const p = await person(browser, city, null)
  const { page } = p
  await page.goto('/projects')
  await page.waitForURL('**/setup')
  const fill = async (values) => {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(new RegExp(`^${label}`)).fill(value)
  }
  await fill({ 设置码: 'wrong-code', 城市: '某某市', 登录名: 'root', 姓名: '管理员', 密码: 'lanhai-2024-kuaizi', 再输一次密码: 'lanhai-2024-kuaizj' })
  await page.getByRole('button', { name: '建立管理员' }).click()
  await page.getByText('两次输入的密码不一样').waitFor()
  await fill({ 再输一次密码: 'lanhai-2024-kuaizi' })
  await page.getByRole('button', { name: '建立管理员' }).click()
  await page.getByRole('alert').waitFor()
  await fill({ 设置码: city.code })
  await page.getByRole('button', { name: '建立管理员' }).click()
  await page.getByText('没有地级市“某某市”').first().waitFor()
  await fill({ 城市: '青岛市' })
  await page.getByRole('button', { name: '建立管理员' }).click()
  // An administrator does nothing before there is a second factor.
  await page.waitForURL('**/self')
  await page.getByText('这个身份须先绑定双因素登录').waitFor()
  await page.goto('/accounts')
  await page.waitForURL('**/self')
  const { codes } = await enrol(page, 'lanhai-2024-kuaizi')
  assert.equal(codes.length, 10)
  await page.getByRole('link', { name: '用户与角色' }).click()
  await page.getByRole('heading', { name: '用户与角色' }).waitFor()
  await page.locator('.z-brand').getByText('青岛市招商引资工作平台').waitFor()
  // The city's name is the administrator's to set; a division that is none is refused.
  await page.getByRole('link', { name: '城市设置' }).click()
  await page.getByLabel(/^行政区划/).fill('370783')
  await page.getByRole('button', { name: '保存城市设置' }).click()
  await page.getByText('没有地级市“370783”').waitFor()
  await page.getByLabel(/^行政区划/).fill('济南市')
  await page.getByRole('button', { name: '保存城市设置' }).click()
  await page.locator('.z-brand').getByText('济南市招商引资工作平台').waitFor()
  await page.getByRole('link', { name: '用户与角色' }).click()
  // A second account: its password is said once, and is changed at the first log-in.
  await page.getByRole('link', { name: '新建账号' }).first().click()
  await page.getByLabel(/^登录名/).fill('li_ming')
  await page.getByLabel(/^姓名/).fill('李明')
  await page.getByRole('button', { name: '新建账号' }).click()
  const once = await page.getByRole('dialog').locator('code').textContent()
  assert.ok(once.length >= 8)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'li_ming' }).waitFor()
  assert.deepEqual((await p.faults()).filter((f) => !/status of 4\d\d/.test(f)), [])
  await p.context.close()
})
