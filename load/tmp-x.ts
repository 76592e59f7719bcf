import { findPostgresBinaries, startPostgresServer } from '../test/support/postgres-server.ts';
import { spawnSync } from 'node:child_process';
await using s = await startPostgresServer((await findPostgresBinaries())!, ['max_connections=100']);
const env = {...process.env, DATABASE_URL: s.url, DATA_DIR:'/tmp/kt/data'};
const f=(d:string,day:string)=>['src/cli.ts','import','--accept-changes','--rpps',`/tmp/killset/${d}/PS_LibreAcces_Personne_activite_202611${day}0600.txt`,'--savoir-faire',`/tmp/killset/${d}/PS_LibreAcces_SavoirFaire_202611${day}0600.txt`,'--diplomes',`/tmp/killset/${d}/PS_LibreAcces_Dipl_AutExerc_202611${day}0600.txt`,'--mssante',`/tmp/killset/${d}/Extraction_Correspondance_MSSante_202611${day}0600.txt`,'--finess',`/tmp/killset/${d}/finess-structures-journalier-202611${day}.json`,'--postcodes',`/tmp/killset/${d}/base-officielle-codes-postaux.csv`];
for (const [d,day] of [['a','20'],['b','21'],['a','20'],['b','21']] as const) {
 const t=performance.now(); const r=spawnSync(process.execPath,f(d,day),{env,encoding:'utf8'}); console.log(d,Math.round(performance.now()-t),r.status,r.stdout.split('\n').filter(l=>/run|Corr/.test(l)),r.stderr.slice(-500));
}
for (const c of [['rebuild'],['compare']]) { const t=performance.now(); const r=spawnSync(process.execPath,['src/cli.ts','index',...c],{env,encoding:'utf8'}); console.log(c,Math.round(performance.now()-t),r.status,r.stdout,r.stderr.slice(-300)); }
const t=performance.now(); const r=spawnSync(process.execPath,['src/cli.ts','withheld','list'],{env,encoding:'utf8'}); console.log(Math.round(performance.now()-t),r.status);
