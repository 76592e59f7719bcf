import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes whatever their size, by which the others are sorted on a machine that has not run them yet. */
const LONGEST = ['test/relevance/relevance.test.ts', 'test/web/accessibility.test.ts'];

/** The longest files first, so that the last worker does not end long after the others. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((it) => !isLong(it))];
  }
}
