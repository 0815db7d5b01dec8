// Second factor in the demo, where it is voluntary; the security page of the three offices.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enrol, launch, person, serveDemo, totp } from './lib.mjs'

let city, browser
before(async () => {
  city = await serveDemo()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await city?.stop()
})

test('a second factor is enrolled, asked for at log-in, and replaced by a recovery code', async () => {
  const p = await person(browser, city, 'city_staff')
  const { page } = p
  await page.goto('/self')
  const { secret, codes } = await enrol(page, city.password)
  await page.getByText('还有 10 个恢复码可用').waitFor()
  await page.context().clearCookies()
  await page.goto('/login')
  const enter = async (code) => {
    await page.locator('#login').fill('city_staff')
    await page.locator('#password').fill(city.password)
    if (code) await page.locator('#code').fill(code)
    await page.getByRole('button', { name: '登录' }).click()
  }
  await enter()
  await page.locator('#code').waitFor()
  await enter(totp(secret, 0)) // of 1970
  await page.getByText('动态码不对或已用过').waitFor()
  await enter(codes[0].toUpperCase().replaceAll('-', ' '))
  await page.waitForURL((u) => !u.pathname.startsWith('/login'))
  await page.goto('/self')
  await page.getByText('还有 9 个恢复码可用').waitFor()
  assert.deepEqual((await p.faults()).filter((f) => !/status of 401/.test(f)), [])
  await p.context.close()
})

test('the security administrator changes rules, sees who is in and ends a session', async () => {
  const staff = await person(browser, city, 'county_staff')
  const p = await person(browser, city, 'sec_admin')
  const { page } = p
  await page.getByRole('link', { name: '安全设置' }).click()
  await page.getByLabel('管理员地址范围').fill('192.168.0.0/16')
  await page.getByRole('button', { name: '保存安全设置' }).click()
  await page.getByText('你现在的地址 127.0.0.1 不在范围内').waitFor()
  await page.getByLabel('管理员地址范围').fill('127.0.0.0/8, 10.0.0.0/8')
  await page.getByLabel('密码规则').selectOption('DENGBAO3')
  await page.getByRole('button', { name: '保存安全设置' }).click()
  await page.getByText('已保存').waitFor()
  assert.equal(await page.getByLabel('管理员地址范围').inputValue(), '127.0.0.0/8,10.0.0.0/8')
  // Of a profile with an age the demo's old passwords would be over it: back again.
  await page.getByLabel('密码规则').selectOption('ASVS2')
  await page.getByRole('button', { name: '保存安全设置' }).click()
  await page.getByText('已保存').nth(1).waitFor()
  const live = page.getByRole('region', { name: '当前登录' }).first()
  await live.getByRole('row').filter({ hasText: 'county_staff' }).getByRole('button', { name: /结束/ }).click()
  await live.getByRole('row').filter({ hasText: 'county_staff' }).waitFor({ state: 'detached' })
  await staff.page.goto('/projects')
  await staff.page.waitForURL(/\/login/)
  assert.deepEqual((await p.faults()).filter((f) => !/status of 422/.test(f)), [])
  await staff.context.close()
  await p.context.close()
})

test('the other offices read the page and change nothing', async () => {
  const p = await person(browser, city, 'log_admin')
  await p.page.getByRole('link', { name: '安全设置' }).click()
  await p.page.getByText('由安全管理员修改').waitFor()
  assert.equal(await p.page.getByRole('button', { name: '保存安全设置' }).count(), 0)
  assert.equal(await p.page.getByRole('button', { name: /结束 / }).count(), 0)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})
