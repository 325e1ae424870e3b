import type { DocumentReport } from './document.ts'
import type { SourceLine } from './source.ts'
import { longestTitle } from './titles.ts'

export type ListingCategory = { readonly title: string; readonly group: string; readonly line: number }

/** One title of the list at the guide's head; `category` is an index into the list's categories. */
export type ListingEntry = { readonly line: SourceLine; readonly category: number }

const numbered = /^[一二三四五六七八九十]{1,3}、(.+)$/
const bracketed = /^[（(]([一二三四五六七八九十]{1,3})[）)](.+)$/

/** True of what heads a group or a category of the list. */
export function isListingHeading(text: string): boolean {
  return numbered.test(text.trim()) || bracketed.test(text.trim())
}

/**
 * Reads the list at the guide's head: groups ("一、行政审批事项"), the categories in them ("（一）社会保险")
 * and the titles below. A group without categories is a category itself.
 */
export function readListing(
  lines: readonly SourceLine[],
  report: DocumentReport,
): { readonly categories: readonly ListingCategory[]; readonly entries: readonly ListingEntry[] } {
  const categories: ListingCategory[] = []
  const entries: ListingEntry[] = []
  const filled = lines.filter((line) => line.text.trim() !== '')
  let group = ''
  let groupsNumbered = 0
  let current = -1

  const openCategory = (title: string, line: SourceLine): void => {
    current = categories.push({ title, group, line: line.number }) - 1
  }

  filled.forEach((line, index) => {
    const text = line.text.trim()
    const next = filled[index + 1]?.text.trim() ?? ''
    const groupTitle = numbered.exec(text)?.[1]?.trim()
    const startsSubcategories = bracketed.test(next)
    if (groupTitle !== undefined || (startsSubcategories && text.endsWith('事项') && !bracketed.test(text))) {
      group = groupTitle ?? text
      if (groupTitle !== undefined) groupsNumbered++
      else if (groupsNumbered > 0) {
        report({
          severity: 'info',
          rule: 'listing-numbering',
          line: line.number,
          message: `目录的“${text}”前没有“二、”一类的编号，已按与上一类并列读取。`,
          text,
        })
      }
      current = -1
      if (!startsSubcategories) openCategory(group.replace(/事项$/, '') || group, line)
      return
    }
    const subcategory = bracketed.exec(text)?.[2]?.trim()
    if (subcategory !== undefined) {
      openCategory(subcategory, line)
      return
    }
    if (current < 0) {
      if (categories.length === 0 && group === '') {
        report({
          severity: 'info',
          rule: 'listing-preface',
          line: line.number,
          message: '目录的第一个类别之前有文字，本机不显示。',
          text: text.slice(0, 80),
        })
        return
      }
      openCategory(group.replace(/事项$/, '') || group, line)
    }
    if (text.length <= longestTitle) entries.push({ line, category: current })
    else {
      report({
        severity: 'warning',
        rule: 'listing-long',
        line: line.number,
        message: `目录里有一行${String(text.length)}个字符，不像事项名称，已略过。`,
        text: text.slice(0, 80),
      })
    }
  })
  return { categories, entries }
}
