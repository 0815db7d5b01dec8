// Chromium as Debian ships it, without any of its own traffic.
import { chromium } from 'playwright-core'

export const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
}

export async function open(base, options = {}) {
  const browser = await launch()
  const context = await browser.newContext({ baseURL: base, locale: 'zh-CN', ...options })
  return { browser, context, page: await context.newPage() }
}
