// People and what they may be given: the officer of a project, accounts and their owners.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

inDemoCity()

test('a county gives a project to one of its service officers', async () => {
  const p = await person(browser, city, 'county_staff')
  const { page } = p
  await page.goto('/projects')
  await page.locator('tbody a').first().click()
  await page.locator('.z-way').waitFor()
  await page.goto(`${page.url().split('?')[0]}/edit`)
  await page.getByRole('combobox', { name: '服务专员', exact: true }).click()
  const first = page.locator('.el-select-dropdown__item:visible').first()
  const name = await first.locator('.z-opt span').first().textContent()
  assert.doesNotMatch(await page.locator('.el-select-dropdown:visible').textContent(), /1\d{10}/)
  await first.click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.locator('.z-way').waitFor()
  await page.getByText(name).first().waitFor()
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})

test('the keeper of accounts corrects a name; its owner his telephone', async () => {
  const p = await person(browser, city, 'sys_admin')
  const { page } = p
  await page.goto('/accounts')
  await page.getByRole('link', { name: 'county_reviewer', exact: true }).click()
  await page.getByRole('link', { name: '编辑', exact: true }).click()
  await page.getByLabel(/^姓名/).fill('新名字')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('heading', { name: 'county_reviewer' }).waitFor()
  await page.getByText('新名字').first().waitFor()
  assert.deepEqual(await p.faults(), [])
  await p.context.close()

  const own = await person(browser, city, 'county_reviewer')
  await own.page.getByText('新名字').first().waitFor()
  await own.page.goto('/self')
  await own.page.getByRole('button', { name: '保存联系方式' }).click()
  await own.page.getByText('电话和邮箱都没有填').waitFor()
  await own.page.getByLabel('电话', { exact: true }).fill('19911110000')
  await own.page.getByRole('button', { name: '保存联系方式' }).click()
  await own.page.getByText('现在：199****0000').waitFor()
  assert.deepEqual(await own.faults(), [])
  await own.context.close()
})

test('several roles: the person chooses by key, and the choice is remembered', async () => {
  const p = await person(browser, city, null)
  const { page } = p
  const enter = async () => {
    await page.goto('/login')
    await page.locator('#login').fill('several_roles')
    await page.locator('#password').fill(city.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '选择角色' }).waitFor()
  }
  await enter()
  const radios = page.getByRole('radio')
  assert.ok((await radios.count()) > 1)
  assert.ok(await radios.first().evaluate((e) => e === document.activeElement && e.checked))
  await page.keyboard.press('ArrowDown')
  const second = await page.locator('.z-roles .is-on b').textContent()
  await page.keyboard.press('Enter')
  await page.locator('main h1').first().waitFor()
  assert.equal(await page.locator('.z-role').textContent(), second)
  await page.locator('.z-top-b').last().click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL('**/login*')
  await enter()
  assert.equal(await page.locator('.z-roles .is-on b').textContent(), second)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})
