import type { Building, Kiosk, SiteFile } from './site.ts'

/**
 * What the guide does not say and nobody has filled into site.json yet, in words for staff; each goes away
 * with the entry it asks for. Beside `assumptions`, which are deleted by hand.
 */
export function openQuestions({
  buildings,
  kiosks,
  seasons,
  help,
}: Pick<SiteFile, 'buildings' | 'kiosks' | 'seasons' | 'help'>): readonly string[] {
  const { fromMonth, toMonth } = seasons.summer
  return [
    ...when(
      !seasons.confirmed,
      `夏季为${fromMonth}月至${toMonth}月，其余为冬季：指南没有写月份，请确认（seasons.confirmed）。`,
    ),
    ...kiosks.flatMap((kiosk) => questionsOfKiosk(kiosk, buildings)),
    ...buildings.flatMap((building) => [
      ...(isOneStorey(building) ? [] : questionsOfPassages(building, kiosks)),
      ...questionsOfEntrances(building),
    ]),
    ...when(help.place === null, '没有写找不到时可以问谁、在哪里，请补充（help.place）。'),
  ]
}

function questionsOfKiosk(kiosk: Kiosk, buildings: readonly Building[]): readonly string[] {
  const building = buildings.find(({ id }) => id === kiosk.building)
  const passages = [...(building?.lifts ?? []), ...(building?.stairs ?? [])]
  const unseen = passages.filter(
    ({ floors, bearings }) => floors.includes(kiosk.floor) && !Object.hasOwn(bearings, kiosk.id),
  )
  const spot = `${building?.name ?? ''}${kiosk.floor}楼`
  return [
    ...when(kiosk.where === null, `${kiosk.name}：没有写放在${spot}的什么位置，请补充。`),
    ...when(kiosk.faces === null, `${kiosk.name}：没有写屏幕朝哪个方向，所以本机不说向左、向右，请补充。`),
    ...(kiosk.faces === null ? [] : unseen).map(
      ({ name }) => `${kiosk.name}：没有写${name}在哪个方向，所以本机不说向左、向右，请补充。`,
    ),
  ]
}

function questionsOfPassages(building: Building, kiosks: readonly Kiosk[]): readonly string[] {
  const { name, lifts, stairs, storeys } = building
  const cutOff = kiosks.filter(
    (kiosk) => kiosk.building === building.id && !lifts.some(({ floors }) => floors.includes(kiosk.floor)),
  )
  return [
    ...when(lifts.length === 0, `${name}：没有写电梯，无障碍路线请补充。`),
    ...(lifts.length === 0 ? [] : cutOff).map(
      (kiosk) => `${name}：写到的电梯都不停${kiosk.name}所在的${kiosk.floor}楼，无障碍路线请补充。`,
    ),
    ...when(stairs.length === 0, `${name}：没有写楼梯，请补充。`),
    ...when(
      storeys === null && lifts.length + stairs.length > 0,
      `${name}：没有写从几楼到几楼，写到的楼层无法核对，请补充。`,
    ),
    ...[...lifts, ...stairs].flatMap((each) =>
      when(each.where === null, `${name}：没有写${each.name}在什么位置，请补充。`),
    ),
  ]
}

function questionsOfEntrances({ name, entrances }: Building): readonly string[] {
  const allHaveSteps = entrances.length > 0 && entrances.every(({ stepFree }) => stepFree === false)
  return [
    ...when(entrances.length === 0, `${name}：没有写入口，哪个入口没有台阶请补充。`),
    ...entrances.flatMap((each) =>
      when(each.stepFree === null, `${name}：没有写${each.name}有没有台阶，请补充。`),
    ),
    ...when(allHaveSteps, `${name}：写到的入口都有台阶，无障碍路线请补充。`),
  ]
}

function isOneStorey({ storeys }: Building): boolean {
  return storeys !== null && storeys.lowest === storeys.highest
}

function when(asked: boolean, question: string): readonly string[] {
  return asked ? [question] : []
}
