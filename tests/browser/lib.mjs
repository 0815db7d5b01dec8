// A served demo city, a browser, and pages that report what they must not do.
import { chromium } from 'playwright-core'
import { execFileSync, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before } from 'node:test'

export const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const PROGRAM = process.env.ZHAOYIN ?? new URL('../../build/zhaoyin', import.meta.url).pathname

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
}

function freePort() {
  return new Promise((resolve, reject) => {
    const s = net.createServer()
    s.on('error', reject)
    s.listen(0, '127.0.0.1', () => {
      const { port } = s.address()
      s.close(() => resolve(port))
    })
  })
}

/** Serve the database of a folder until stop(), which removes it; lines = what it printed. */
async function serve(program, dir, db) {
  const listen = `127.0.0.1:${await freePort()}`
  const child = spawn(program, ['serve', '--db', db, '--listen', listen], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise((resolve) => child.on('exit', resolve))
  const lines = []
  await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (l) => lines.push(l) && l.startsWith('ready ') && resolve())
    gone.then((code) => reject(new Error(`serve ended with ${code}`)))
  })
  return {
    base: `http://${listen}`,
    lines,
    async stop() {
      child.kill('SIGTERM')
      await gone
      rmSync(dir, { recursive: true })
    },
  }
}

/** A demo city of its own in a fresh folder. */
export async function serveDemo(program = PROGRAM) {
  const dir = mkdtempSync(join(tmpdir(), 'browser-test-'))
  const db = join(dir, 'demo.db')
  const made = execFileSync(program, ['demo', '--db', db], { encoding: 'utf8' })
  const password = /password of every account: (\S+)/.exec(made)?.[1]
  if (!password) throw new Error(`demo printed no password: ${made}`)
  return { ...(await serve(program, dir, db)), password }
}

/** Of the file's tests, from the first to the last; set by inDemoCity. */
export let city, browser

/** Its tests have a demo city and a browser, and what `ready` makes of them. */
export function inDemoCity(ready = async () => undefined) {
  before(async () => {
    city = await serveDemo()
    browser = await launch()
    await ready()
  })
  after(async () => {
    await browser?.close()
    await city?.stop()
  })
}

/** A database without an account, and the code for the first one. */
export async function serveFresh() {
  const dir = mkdtempSync(join(tmpdir(), 'browser-test-'))
  const db = join(dir, 'fresh.db')
  execFileSync(PROGRAM, ['migrate', '--init', '--db', db])
  const city = await serve(PROGRAM, dir, db)
  const code = /give this code: (\S+)/.exec(city.lines.join('\n'))?.[1]
  if (!code) throw new Error(`serve printed no code: ${city.lines.join(' ')}`)
  return { ...city, code }
}

const WATCH = () => {
  window.asked = 0
  const ask = window.fetch
  window.fetch = (...args) => {
    window.asked++
    return ask(...args).finally(() => window.asked--)
  }
  window.violations = []
  document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`))
}

/** A page of one person, which counts its open requests. `bad` collects console errors, page errors and policy violations. */
export async function person(browser, city, login, options = {}) {
  const { lang = 'zh', ...rest } = options
  const context = await browser.newContext({ baseURL: city.base, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', ...rest })
  await context.addInitScript(WATCH)
  await context.addInitScript((l) => localStorage.setItem('z.lang', l), lang)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const bad = []
  page.on('console', (m) => m.type() === 'error' && bad.push(`console: ${m.text()}`))
  page.on('pageerror', (e) => bad.push(`error: ${e.message}`))
  if (login) await logIn(page, login, city.password)
  return {
    page,
    context,
    bad,
    /** Until everything asked for has come and was drawn; networkidle is true for good once it was. */
    async idle() {
      const frames = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))))
      do {
        await frames()
        await page.waitForFunction(() => window.asked === 0)
        await frames()
      } while (await page.evaluate(() => window.asked > 0))
    },
    /** Everything that must not have happened since the page was loaded. */
    async faults() {
      return [...bad, ...(await page.evaluate(() => window.violations))]
    },
  }
}

export async function logIn(page, login, password) {
  await page.goto('/login')
  await page.locator('#login').fill(login)
  await page.locator('#password').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((u) => !u.pathname.startsWith('/login'))
  await page.locator('main h1').first().waitFor()
}

/** Choose in a searchable list: type, then press the option. */
export async function pick(page, label, text, option) {
  const box = page.getByRole('combobox', { name: label, exact: true })
  await box.click()
  await box.fill(text)
  await page.getByRole('option', { name: option }).first().click()
}

/** What an authenticator shows for a secret (base32, as the page writes it): RFC 6238, six digits. */
export function totp(secret, atMs = Date.now()) {
  let held = 0n
  const letters = secret.replaceAll(' ', '')
  for (const c of letters) held = (held << 5n) | BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c))
  const bytes = Math.floor((letters.length * 5) / 8)
  const key = Buffer.from((held >> BigInt(letters.length * 5 - bytes * 8)).toString(16).padStart(bytes * 2, '0'), 'hex')
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Enrols a second factor on the page of the own account (Chinese); gives secret and recovery codes. */
export async function enrol(page, password) {
  const card = page.getByRole('region', { name: '双因素登录' })
  await card.getByRole('button', { name: '绑定双因素' }).click()
  await card.getByLabel(/^现在的密码/).fill(password)
  await card.getByRole('button', { name: '下一步' }).click()
  const secret = (await card.locator('.z-facts code').textContent()).trim()
  await card.getByRole('img', { name: '双因素密钥的二维码' }).waitFor()
  await card.getByLabel(/^动态码/).fill(totp(secret))
  await card.getByRole('button', { name: '确认绑定' }).click()
  await card.locator('.z-fac-c code').first().waitFor()
  const codes = await card.locator('.z-fac-c code').allTextContents()
  await card.getByRole('button', { name: '已抄下' }).click()
  return { secret, codes }
}
