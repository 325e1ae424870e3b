/** Why a bundle is refused; each has words for staff. */
export const bundleProblems = [
  'too-large',
  'not-a-bundle',
  'damaged',
  'unknown-signature',
  'bad-manifest',
  'bad-content',
  'app-too-old',
  'other-site',
  'other-kiosk',
] as const

export type BundleProblem = (typeof bundleProblems)[number]
