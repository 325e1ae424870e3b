import { createMemoryHistory, createRouter } from 'vue-router'
import AttractPage from './pages/AttractPage.vue'
import CategoryPage from './pages/CategoryPage.vue'
import DirectoryPage from './pages/DirectoryPage.vue'
import HomePage from './pages/HomePage.vue'
import ListPage from './pages/ListPage.vue'
import PrintPage from './pages/PrintPage.vue'
import QuestionPage from './pages/QuestionPage.vue'
import SearchPage from './pages/SearchPage.vue'
import ServicePage from './pages/ServicePage.vue'
import SituationPage from './pages/SituationPage.vue'
import WayPage from './pages/WayPage.vue'
import { staffRoutes } from './staff/routes.ts'
import { useEdition } from './stores/edition.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Seconds without a touch before the visitor is asked whether they are still there; null: never. */
    idleAfter: number | null
    /** True where the screen stands alone, without the bar. */
    bare?: boolean
    /** True of the staff's pages: their bar leads to the staff's start and logs out. */
    staff?: boolean
  }
}

/** Lists are left sooner than texts are read (seconds). */
const list = { idleAfter: 60 }
const reading = { idleAfter: 150 }

/** The screens. The history is in memory only, so that nothing of a visit stays in an address. */
export const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', name: 'attract', component: AttractPage, meta: { idleAfter: null, bare: true } },
    { path: '/home', name: 'home', component: HomePage, meta: list },
    { path: '/search', name: 'search', component: SearchPage, meta: list },
    {
      path: '/category/:category/:topic?',
      name: 'category',
      component: CategoryPage,
      props: true,
      meta: list,
    },
    {
      path: '/situation/:situation?',
      name: 'situation',
      component: SituationPage,
      props: true,
      meta: list,
    },
    {
      path: '/directory/:building?/:floor?/:office?',
      name: 'directory',
      component: DirectoryPage,
      props: true,
      meta: list,
    },
    { path: '/list', name: 'list', component: ListPage, meta: reading },
    { path: '/service/:id', name: 'service', component: ServicePage, props: true, meta: reading },
    {
      path: '/service/:id/question/:number/:then',
      name: 'question',
      component: QuestionPage,
      props: true,
      meta: reading,
    },
    { path: '/service/:id/way/:place', name: 'way', component: WayPage, props: true, meta: reading },
    { path: '/service/:id/print', name: 'print', component: PrintPage, props: true, meta: reading },
    ...staffRoutes,
    { path: '/list/print', name: 'print-list', component: PrintPage, meta: reading },
  ],
})

/** Screens that lead to paper. */
const printing: ReadonlySet<unknown> = new Set(['print', 'print-list'])

// An edition that is not in force is looked at, never put on paper.
router.beforeEach(({ name }) => !(printing.has(name) && useEdition().onTrial))
