import type { RouteRecordRaw } from 'vue-router'
import { warningSeconds } from '../composables/use-idle.ts'
import { staffIdle } from '../../data/staff.ts'
import StaffAuditPage from './StaffAuditPage.vue'
import StaffDoorPage from './StaffDoorPage.vue'
import StaffEditionsPage from './StaffEditionsPage.vue'
import StaffGuidePage from './StaffGuidePage.vue'
import StaffHomePage from './StaffHomePage.vue'
import StaffPrinterPage from './StaffPrinterPage.vue'
import StaffSettingsPage from './StaffSettingsPage.vue'
import StaffSetUpPage from './StaffSetUpPage.vue'
import StaffTakeAwayPage from './StaffTakeAwayPage.vue'
import StaffUpdatePage from './StaffUpdatePage.vue'

/** With the warning before it, the end comes when the host ends the session. */
const idleAfter = staffIdle - warningSeconds
const inside = { idleAfter, staff: true }

/** The staff's pages. */
export const staffRoutes: readonly RouteRecordRaw[] = [
  { path: '/staff', name: 'staff', component: StaffDoorPage, meta: { idleAfter: 60 } },
  { path: '/staff/set-up', name: 'staff-set-up', component: StaffSetUpPage, meta: { idleAfter } },
  { path: '/staff/home', name: 'staff-home', component: StaffHomePage, meta: inside },
  { path: '/staff/printer', name: 'staff-printer', component: StaffPrinterPage, meta: inside },
  { path: '/staff/settings', name: 'staff-settings', component: StaffSettingsPage, meta: inside },
  { path: '/staff/update', name: 'staff-update', component: StaffUpdatePage, meta: inside },
  { path: '/staff/editions', name: 'staff-editions', component: StaffEditionsPage, meta: inside },
  { path: '/staff/take-away', name: 'staff-takeAway', component: StaffTakeAwayPage, meta: inside },
  { path: '/staff/guide', name: 'staff-guide', component: StaffGuidePage, meta: inside },
  { path: '/staff/audit', name: 'staff-audit', component: StaffAuditPage, meta: inside },
]
