import { Agent, request } from 'node:http';

/** One signed-in professional, and the version of their page. */
export interface Editor {
  cookie: string;
  csrfToken: string;
  version: number;
}

/** Edits pages at a constant rate whatever the answers do; each edit's time counts from when it should have begun. */
export interface EditOrder {
  url: string;
  editors: Editor[];
  perSecond: number;
  seconds: number;
}

export interface EditAnswer {
  latenciesMs: number[];
  /** By status; 0 is no answer. */
  statuses: Record<number, number>;
  /** As they are then. */
  editors: Editor[];
}

process.on('message', (order: EditOrder) => {
  void run(order).then((answer) => process.send!(answer));
});

async function run({ url, editors, perSecond, seconds }: EditOrder): Promise<EditAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const answer: EditAnswer = { latenciesMs: [], statuses: {}, editors };
  const startedAt = performance.now();
  const total = Math.round(perSecond * seconds);
  const dueAt = (index: number) => startedAt + (index / perSecond) * 1000;
  const pending: Promise<void>[] = [];
  let sent = 0;
  await new Promise<void>((resolve) => {
    const sendWhatIsDue = () => {
      for (; sent < total && dueAt(sent) <= performance.now(); sent += 1) {
        const editor = editors[sent % editors.length]!;
        pending.push(edit(agent, url, editor, toPatch(sent), dueAt(sent), answer));
      }
      if (sent === total) resolve();
      else setTimeout(sendWhatIsDue, Math.max(0, dueAt(sent) - performance.now()));
    };
    sendWhatIsDue();
  });
  await Promise.all(pending);
  agent.destroy();
  return answer;
}

/** As a page of the service sends it: a few fields, now a short one, now a long one; never what the page says already. */
function toPatch(index: number): object {
  const isYes = index % 2 === 0;
  const remarks = `Sonnez deux fois (${crypto.randomUUID()}).`;
  if (index % 3 === 0) return { ways: { homeVisits: isYes, acceptsNewPatients: !isYes }, remarks };
  if (index % 3 === 1) return { homeVisitArea: { communeCodes: ['43157', '43040'] }, remarks };
  return { equipment: [`Table électrique ${index}`], ownWords: ['marche après une chute'], remarks };
}

function edit(
  agent: Agent,
  url: string,
  editor: Editor,
  patch: object,
  dueAt: number,
  answer: EditAnswer,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (status: number) => {
      answer.latenciesMs.push(performance.now() - dueAt);
      answer.statuses[status] = (answer.statuses[status] ?? 0) + 1;
      if (status === 200) editor.version += 1;
      resolve();
    };
    const body = JSON.stringify(patch);
    const headers = {
      cookie: editor.cookie,
      'x-csrf-token': editor.csrfToken,
      origin: url,
      'if-match': `"${editor.version}"`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(`${url}/v1/me/profile`, { agent, method: 'PATCH', headers }, (response) => {
      response.resume();
      response.on('end', () => end(response.statusCode ?? 0));
      response.on('error', () => end(0));
    });
    sent.on('error', () => end(0));
    sent.end(body);
  });
}
