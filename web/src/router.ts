import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { app } from './api/app'
import Frame from './pages/Frame.vue'
import LoginPage from './pages/LoginPage.vue'

// Lists, records and forms of any noun share three pages; what has its own way has its own page.
const inside: RouteRecordRaw[] = [
  { path: '', name: 'home', component: () => import('./pages/HomePage.vue') },
  { path: 'board', component: () => import('./pages/BoardPage.vue') },
  { path: 'projects/new', component: () => import('./pages/FormPage.vue'), props: { plural: 'projects' } },
  { path: 'projects/:id(\\d+)', component: () => import('./pages/ProjectPage.vue'), props: true },
  { path: 'imports', component: () => import('./pages/ImportsPage.vue') },
  { path: 'imports/:id(\\d+)', component: () => import('./pages/ImportPage.vue'), props: true },
  { path: 'calendar', component: () => import('./pages/CalendarPage.vue') },
  { path: 'city', component: () => import('./pages/CityPage.vue') },
  { path: 'jobs', component: () => import('./pages/JobsPage.vue') },
  { path: 'edits', component: () => import('./pages/ChangesPage.vue') },
  { path: 'personal', component: () => import('./pages/PersonalPage.vue') },
  { path: 'personal/:id(\\d+)', component: () => import('./pages/PersonalPage.vue'), props: true },
  { path: 'security', component: () => import('./pages/SecurityPage.vue') },
  { path: 'search', component: () => import('./pages/SearchPage.vue') },
  { path: 'self', component: () => import('./pages/SelfPage.vue') },
  { path: ':plural(projects|investors|leads|proposals|grade-changes|accounts|audit)', component: () => import('./pages/ListPage.vue'), props: true },
  { path: ':plural(investors|leads|accounts)/new', component: () => import('./pages/FormPage.vue'), props: true },
  { path: ':plural(projects|investors|leads|accounts)/:id(\\d+)/edit', component: () => import('./pages/FormPage.vue'), props: true },
  { path: ':plural(investors|leads|accounts)/:id(\\d+)', component: () => import('./pages/RecordPage.vue'), props: true },
  { path: ':rest(.*)*', component: () => import('./pages/NotFoundPage.vue') },
]

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', name: 'login', component: LoginPage },
    { path: '/setup', name: 'setup', component: () => import('./pages/SetupPage.vue') },
    { path: '/', component: Frame, children: inside },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach((to) => {
  if (app.status?.needs_setup && to.name !== 'setup') return { name: 'setup' }
  if (!app.status?.needs_setup && to.name === 'setup') return { name: 'login' }
  const open = to.name === 'login' || to.name === 'setup'
  if (!app.session && !open) return { name: 'login', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  if (app.session && to.name === 'login') return { name: 'home' }
  // Until the second factor is there, the server answers nothing else.
  if (app.session?.account.must_enrol && to.path !== '/self') return { path: '/self' }
  return true
})
