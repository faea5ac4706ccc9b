/** Colours pass WCAG AA against each other, in the light and in the dark. */
export const PAGE_STYLE = `
:root{--bg:#f4f5f7;--card:#fff;--ink:#1b1f24;--soft:#55606e;--line:#cfd5dd;--edge:#6b7480;--main:#1d4ed8;--on:#fff;--tint:#e8eefc;--good:#0f6b3a}
@media(prefers-color-scheme:dark){:root{--bg:#12151a;--card:#1b2027;--ink:#e8eaed;--soft:#a7b0bc;--line:#343c47;--edge:#8a94a1;--main:#9dbcff;--on:#0d1526;--tint:#232f4a;--good:#7ddba4}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:36rem;margin:0 auto;padding:1.5rem 1.25rem 3rem;background:var(--card);min-height:100vh}
@media(min-width:40rem){main{margin:8vh auto;padding:2.25rem 2.5rem 2.5rem;min-height:0;border:1px solid var(--line);border-radius:12px}}
.sender{margin:0 0 1.25rem;color:var(--soft);font-weight:600}
h1{font-size:1.45rem;line-height:1.3;margin:0 0 .75rem;text-wrap:balance}
h2,legend{font-size:1rem;font-weight:600;margin:0;padding:0}
h2{margin-top:2rem}
p{margin:0 0 1rem}
.soft,.hint{color:var(--soft)}
.hint{font-size:.9rem;margin:.15rem 0 0}
fieldset{border:0;margin:1.5rem 0 0;padding:0;min-width:0}
.choices{display:grid;gap:.1rem;margin-top:.4rem}
.choices label{display:flex;gap:.7rem;align-items:center;min-height:2.75rem;cursor:pointer}
input[type=radio],input[type=checkbox]{width:1.2rem;height:1.2rem;margin:0;accent-color:var(--main);flex:none}
.scores{display:grid;grid-template-columns:repeat(auto-fit,minmax(2.75rem,1fr));gap:.4rem;margin-top:.75rem}
.scores.long{grid-template-columns:repeat(6,1fr)}
@media(min-width:34rem){.scores.long{grid-template-columns:repeat(11,1fr);gap:.3rem}}
.scores label{position:relative;display:grid;place-items:center;min-height:2.9rem;border:1px solid var(--edge);border-radius:8px;cursor:pointer;font-weight:600}
.scores input{position:absolute;inset:0;width:100%;height:100%;opacity:0;cursor:pointer}
.scores label:hover{background:var(--tint)}
.scores label:has(:checked){background:var(--main);border-color:var(--main);color:var(--on)}
.scores label:has(:focus-visible){outline:3px solid var(--main);outline-offset:2px}
.ends{display:flex;justify-content:space-between;gap:1rem;color:var(--soft);font-size:.9rem;margin-top:.5rem}
.ends span:last-child{text-align:right}
textarea{display:block;width:100%;margin-top:.5rem;padding:.6rem .75rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:8px;min-height:6.5rem;resize:vertical}
.ask{display:block;font-weight:600;margin-top:1.5rem}
button{font:inherit;font-weight:600;margin-top:1.75rem;padding:.7rem 1.4rem;border:0;border-radius:8px;background:var(--main);color:var(--on);cursor:pointer}
button:hover{filter:brightness(1.08)}
a{color:var(--main)}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.note{border-left:4px solid var(--good);background:var(--bg);padding:.75rem 1rem;margin:0 0 1rem;border-radius:0 8px 8px 0}
.note.bad{border-color:#c2410c}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.35rem 1rem;margin:.75rem 0 1rem}
dt{color:var(--soft)}dd{margin:0}
`;
