/** A thing that applications do with the directory. */
export interface GuideStep {
  id: string;
  title: string;
  /** Paragraphs; what stands between backquotes is code. */
  text: string[];
  /** A request that anybody may make here, followed as a link or run on the page. */
  path?: string;
  /** For a shell; `$KEY` holds the application's key. */
  curl?: string[];
  /** Markup for a page of one's own. */
  html?: string;
}

/** What an integrator reads first, in the order in which things are needed. @param origin of this server */
export function listGuideSteps(origin: string): GuideStep[] {
  const search = '/v1/correspondents?q=martin&where=43&limit=5';
  const visits =
    '/v1/correspondents?q=kin%C3%A9&comesTo=Le+Puy-en-Velay&acceptsNewPatients=true&facets=profession,way&limit=5';
  const experts = '/v1/correspondents?q=diab%C3%A8te&kind=expert,team&limit=3';
  const suggestions = '/v1/suggestions?q=card';
  const changes = '/v1/changes?limit=10';
  const sources = '/v1/sources';
  return [
    {
      id: 'before',
      title: 'Before you begin',
      text: [
        'Everything is JSON over HTTP. A key, where this server asks for one, goes into `Authorization: Bearer`; whoever runs the server makes it and gives it the scopes it needs. Without the right key the answer is 401 or 403.',
        'A parameter that does not exist is refused (400), and the answer names the nearest that does. A 429 or 503 says in `Retry-After` when to come back. Members may be added to answers at any time: pass over those that you do not know.',
      ],
      curl: [`curl '${origin}${sources}'`],
      path: sources,
    },
    {
      id: 'search',
      title: 'Recipients while somebody types',
      text: [
        'Send what is in the box, as it is, after each pause: names in any order and about rightly written, professions in lay words or abbreviated, places anywhere in the text or in `where`. The best come first. Drop the answer to an older request when a newer one is under way.',
        '`understood` says how the text was read: show it, so that people see why they get what they get. `mailboxes` are ordered, the preferred one first; `status` says whether it is read: `active` (opened within 30 days), `inactive`, or `unknown` when no operator reports on it, which is not a no.',
      ],
      curl: [
        `curl '${origin}${search}'`,
        `curl -G '${origin}/v1/correspondents' --data-urlencode 'q=kiné le puy'`,
      ],
      path: search,
    },
    {
      id: 'profile',
      title: 'What professionals say of their practice',
      text: [
        'Filters are members of the same request: eight ways of practising (`homeVisits=true`…), `act`, `present=true` (not away today), `comesTo` (goes to homes in that place). `comesTo` in a result is `stated` when the person gave their area, `likely` when they only practise near.',
        '`profile` is what they say themselves: ways, acts, hours at each place, absences (`away` is that of today), where to send what. What is absent was not said: never show it as a no.',
      ],
      curl: [`curl '${origin}${visits}'`],
      path: visits,
    },
    {
      id: 'one',
      title: 'One correspondent again',
      text: [
        'Keep `id`, the RPPS or the mailbox address: each is taken wherever an id is. A 404 says that nobody is shown under it any longer: take it out of your address book.',
      ],
      curl: [
        `ID=$(curl -s '${origin}${search}' | sed -E 's/.*"results":\\[\\{"id":"([^"]+)".*/\\1/')\ncurl "${origin}/v1/correspondents/$ID"`,
      ],
    },
    {
      id: 'ask',
      title: 'Asking an expert, calling a team for support',
      text: [
        'Declared expertises and resource teams are correspondents among the others: `kind=expert`, `kind=team`. `expertise` or `team` says what to ask and what not, for whom, where, and whom to call when it is urgent.',
        'Where `hasForm` is true, `/v1/experts/{id}/form` or `/v1/teams/{id}/form` gives what to ask your user before writing. The answers go with your message; they are never sent here.',
      ],
      curl: [`curl '${origin}${experts}'`],
      path: experts,
    },
    {
      id: 'suggestions',
      title: 'A type-ahead list',
      text: [
        'People, services, what people do, structures and places. Choosing one either fills the two boxes of a search (`q`, `where`) or names a correspondent (`id`).',
      ],
      curl: [`curl '${origin}${suggestions}'`],
      path: suggestions,
    },
    {
      id: 'changes',
      title: 'A copy of your own, kept up to date',
      text: [
        'Begin without `since`, then give `next` as `since` until `hasMore` is false, and again later, at any rate that suits you: no change is skipped, and a correspondent that changed often comes once. `removed` means that you must forget it. Where the server asks for keys, the scope is `export`.',
        'With `Accept: application/x-ndjson` all comes in one answer, a line each; every line holds the cursor from which a broken transfer goes on.',
      ],
      curl: [
        `curl '${origin}${changes}'`,
        `curl -H "Authorization: Bearer $KEY" -H 'Accept: application/x-ndjson' '${origin}/v1/changes'`,
      ],
      path: changes,
    },
    {
      id: 'activity',
      title: 'Telling which mailboxes are read',
      text: [
        'For operators of MSSanté: report when mailboxes of your domains were last opened, as often as you like, 50,000 lines a request. The scope is `mailbox-activity:` and your domain. Good lines are taken even where others are refused; the answer says which, and why.',
      ],
      curl: [
        `curl '${origin}/v1/mailbox-activity' -H "Authorization: Bearer $KEY" -H 'Content-Type: application/x-ndjson' \\\n  --data-binary '{"address":"cabinet@exemple.mssante.fr","openedAt":"2026-11-20T08:30:00Z"}'`,
        `curl '${origin}/v1/mailbox-channels' -H "Authorization: Bearer $KEY" -H 'Content-Type: application/x-ndjson' \\\n  --data-binary '{"address":"cabinet@exemple.mssante.fr","channels":["instantConversation"]}'`,
      ],
    },
    {
      id: 'picker',
      title: 'A field for recipients in your own page',
      text: [
        'A custom element that sends addresses with your form, in any framework and under a strict policy (`script-src` and `connect-src` with this origin are all it needs). Try it on the page that shows it: `/embed`.',
      ],
      html: `<script type="module" src="${origin}/embed/picker.js"></script>\n<correspondant-picker name="to" multiple required aria-label="To"></correspondant-picker>`,
    },
  ];
}
