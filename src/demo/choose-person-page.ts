import type { DemoPerson } from './demo-people.ts';

/** The people to sign in as, a button each, and one that gives up. */
export function renderPeople(uid: string, people: readonly DemoPerson[]): string {
  const action = `/personnes/${encodeURIComponent(uid)}`;
  const buttons = people.map(
    ({ id, givenName, familyName, presentation }) =>
      `<li><button name="personne" value="${escape(id)}"><b>${escape(`${givenName} ${familyName}`)}</b><br>${escape(presentation)}</button></li>`,
  );
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Se connecter à la démonstration</title>
<style>
body { max-width: 34rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
ul { list-style: none; padding: 0; }
button { width: 100%; margin-bottom: .6rem; padding: .7rem 1rem; text-align: start; font: inherit; cursor: pointer; }
</style>
</head>
<body>
<main>
<h1>En tant que qui&#8239;?</h1>
<p>Ceci est une démonstration&nbsp;: ces personnes sont inventées, et aucun mot de passe n’est demandé.</p>
<form method="post" action="${action}">
<ul>
${buttons.join('\n')}
</ul>
<button name="personne" value="">Annuler</button>
</form>
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
