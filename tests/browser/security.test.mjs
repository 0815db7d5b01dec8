// Second factor in the demo, where it is voluntary; the security page of the three offices.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, enrol, inDemoCity, person, totp } from './lib.mjs'

inDemoCity()

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

test('one person is found, held, exported and erased', async () => {
  const p = await person(browser, city, 'county2_staff')
  const { page } = p
  await page.getByRole('link', { name: '个人信息' }).click()
  await page.getByRole('heading', { name: '个人信息登记表' }).waitFor()
  await page.goto('/projects')
  const made = await page.evaluate(async () => {
    const ask = (path, body) => fetch(`/api/v1/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'zhaoyin' }, body: JSON.stringify(body) }).then((r) => r.json())
    const project = await ask('projects', { name: '个人信息测试项目', region_code: '370703' })
    return ask('contacts', { owner_kind: 'PROJECT', owner_id: project.id, name: '吴测试', mobile: '19911112222' })
  })
  await page.goto('/personal')
  await page.getByRole('searchbox', { name: '查找个人' }).fill('吴测试')
  await page.getByRole('button', { name: '查找个人' }).click()
  await page.locator(`a[href="/personal/${made.id}"]`).click()
  await page.getByText('1 处联系人是同一个人').waitFor()
  const dialog = async (open, reason, act) => {
    await page.getByRole('button', { name: open, exact: true }).click()
    await page.getByRole('dialog').getByLabel(/^理由/).fill(reason)
    await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click()
  }
  await dialog('暂缓删除', '诉讼未结', '暂缓删除')
  await page.getByText('暂缓删除：诉讼未结（至 解除为止）').waitFor()
  await dialog('删除个人信息', '本人申请', '删除个人信息')
  await page.getByRole('alert').getByText('暂缓删除：诉讼未结').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '解除暂缓' }).click()
  await page.getByText('已解除').waitFor()
  const copy = page.waitForEvent('download')
  await dialog('导出副本', '', '导出副本')
  const text = await (await (await copy).createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString('utf8'))
  assert.match(text, /19911112222/)
  await dialog('删除个人信息', '本人申请', '删除个人信息')
  await page.waitForURL('**/personal')
  await page.goto(`/personal/${made.id}`)
  await page.getByText('（*').first().waitFor()
  assert.deepEqual((await p.faults()).filter((f) => !/status of 409/.test(f)), [])
  await p.context.close()
})
