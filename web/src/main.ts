import { createApp } from 'vue'
import App from './App.vue'
import { app, forget, loadSchema, loadSession, loadStatus } from './api/app'
import { bindClient } from './api/client'
import { i18n, lang, savedLang, setLang } from './i18n'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'

bindClient({
  lang,
  ended: () => {
    forget()
    const at = router.currentRoute.value
    if (at.name !== 'login') void router.push({ name: 'login', query: { to: at.fullPath, ended: '1' } })
  },
  stopped: () => {
    if (app.status) app.status.is_writable = false
  },
})

async function start(): Promise<void> {
  const saved = savedLang()
  if (saved) await setLang(saved)
  const [, session] = await Promise.all([loadStatus().catch(() => null), loadSession().catch(() => null)])
  if (!saved) await setLang('zh')
  if (session) await loadSchema().catch(() => undefined)
  createApp(App).use(i18n).use(router).mount('#app')
}

void start()
