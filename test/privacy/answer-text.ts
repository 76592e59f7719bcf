const ENTITIES: Record<string, string> = { quot: '"', '#39': "'", amp: '&', lt: '<', gt: '>' };

/** All that an answer tells, headers included, without the escapes of JSON and HTML. */
export async function textOf(answer: Response): Promise<string> {
  const text = `${[...answer.headers].join('\n')}\n${await answer.text()}`;
  return text
    .replaceAll('\\"', '"')
    .replaceAll(/&(quot|#39|amp|lt|gt);/g, (_, name: string) => ENTITIES[name]!);
}
