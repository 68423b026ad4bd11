extension Report {
    static let style: HTML = """
        :root {
          color-scheme: light dark;
          --page: #f6f5f2; --card: #ffffff; --ink: #1c1b19; --soft: #6b6862; --rule: #e2dfd8;
          --accent: #0b6e5f; --face: #ff9f1c; --line: #18b6c9; --good: #17743f; --bad: #b3261e;
          --shadow: 0 1px 2px #0000001a, 0 4px 14px #0000000f;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #141517; --card: #1f2124; --ink: #eceae6; --soft: #a19e97; --rule: #323438;
            --accent: #5fd3bf; --good: #6bd394; --bad: #ff8a80; --shadow: 0 1px 2px #00000080;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; }
        body {
          margin: 0 auto; max-width: 1360px; padding: 0 clamp(16px, 4vw, 48px) 48px;
          background: var(--page); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
        }
        h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
        ul, ol { list-style: none; }
        a { color: inherit; }
        img { background: var(--rule); color: var(--soft); font-size: 12px; }

        header { padding: 40px 0 8px; }
        .brand { font-weight: 700; letter-spacing: .08em; text-transform: uppercase; font-size: 13px; color: var(--accent); }
        h1 { font-size: clamp(28px, 4.4vw, 44px); line-height: 1.15; letter-spacing: -.02em; overflow-wrap: anywhere; }
        h1 em { font-style: normal; color: var(--accent); }
        .figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 24px 0 16px; }
        .figures div { flex: 1 0 120px; background: var(--card); border-radius: 12px; padding: 12px 16px; box-shadow: var(--shadow); }
        .figures dt { font-size: 13px; color: var(--soft); }
        .figures dd { font-size: 24px; font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .verdict { margin: 0 0 12px; padding: 10px 16px; border-radius: 12px; background: var(--card); border-left: 4px solid; overflow-wrap: anywhere; }
        .verdict.good { border-color: var(--good); }
        .verdict.bad { border-color: var(--bad); }
        .verdict ul { padding-left: 20px; list-style: disc; }
        .verdict summary { cursor: pointer; }
        nav { display: flex; flex-wrap: wrap; gap: 8px 20px; border-bottom: 1px solid var(--rule); padding: 8px 0 14px; }
        nav a { text-decoration: none; font-weight: 600; color: var(--accent); }
        nav a:hover { text-decoration: underline; }

        section { padding-top: 32px; }
        h2 { font-size: 26px; letter-spacing: -.01em; }
        h3 { font-size: 17px; margin: 20px 0 10px; }
        h3 small { font-weight: 400; color: var(--soft); margin-left: 6px; }
        .query::before { content: "“"; color: var(--accent); }
        .query::after { content: "”"; color: var(--accent); }
        .note { color: var(--soft); font-size: 14px; }
        .note label { margin-left: 14px; cursor: pointer; white-space: nowrap; }
        .key { color: var(--ink); border-bottom: 3px solid; }
        .key.face { border-color: var(--face); }
        .key.line { border-color: var(--line); }
        .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }

        .row { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 14px; }
        .row li { background: var(--card); border-radius: 12px; overflow: hidden; box-shadow: var(--shadow); }
        .thumb { display: block; width: 100%; aspect-ratio: 4 / 3; object-fit: cover; object-position: 50% 12%; }
        .caption { display: flex; justify-content: space-between; gap: 8px; padding: 8px 12px 6px; font-size: 13px; }
        .caption b { font-variant-numeric: tabular-nums; }
        .bar { display: block; height: 4px; background: var(--rule); }
        .bar i { display: block; height: 100%; background: var(--accent); }

        .faces { display: flex; flex-wrap: wrap; gap: 14px; }
        .faces li { width: 140px; font-size: 13px; }
        .faces.small li { width: 88px; }
        .faces .name { display: block; text-align: center; color: var(--soft); margin-top: 4px; }
        .crop { display: block; position: relative; aspect-ratio: 1; overflow: hidden; border-radius: 50%; background: var(--rule); box-shadow: var(--shadow); }
        .crop img { position: absolute; max-width: none; height: auto; }

        .readings { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); gap: 14px; margin-top: 12px; }
        .readings > li { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 16px; background: var(--card); border-radius: 12px; padding: 14px; box-shadow: var(--shadow); }
        .readings .thumb { border-radius: 8px; object-fit: contain; background: none; }
        .readings .name { font-size: 13px; color: var(--soft); }
        .lines { font-size: 15px; overflow-wrap: anywhere; max-height: 16em; overflow-y: auto; }

        .grid { display: flex; flex-wrap: wrap; gap: 14px; margin-top: 14px; }
        .grid::after { content: ""; flex: 1000 0 0; }
        figure { flex: calc(var(--ratio) * 10) 1 calc(var(--ratio) * 250px); max-width: 100%; min-width: 0; }
        .frame { position: relative; aspect-ratio: var(--ratio); border-radius: 10px; background: var(--rule); box-shadow: var(--shadow); }
        .frame img { display: block; position: absolute; width: 100%; height: 100%; object-fit: contain; border-radius: 10px; background: none; }
        .frame svg { position: absolute; width: 100%; height: 100%; overflow: visible; pointer-events: none; }
        figcaption { display: flex; justify-content: space-between; gap: 10px; padding: 6px 2px; font-size: 13px; color: var(--soft); }
        figcaption span { white-space: nowrap; }
        .failure { color: var(--bad); white-space: normal !important; overflow-wrap: anywhere; }
        polygon { fill: transparent; stroke-width: 2px; vector-effect: non-scaling-stroke; pointer-events: all; }
        .face polygon { stroke: var(--face); }
        .line polygon { stroke: var(--line); }
        g { outline: none; }
        g text { visibility: hidden; fill: #fff; stroke: #000; stroke-width: .22em; stroke-linejoin: round; paint-order: stroke; font-weight: 600; }
        g:hover text, g:focus text { visibility: visible; }
        g:hover polygon, g:focus polygon { fill: #ffffff40; stroke-width: 3px; }
        figure:has(g:hover), figure:has(g:focus) { z-index: 1; position: relative; }
        #photos:has(#show-faces:not(:checked)) g.face, #photos:has(#show-text:not(:checked)) g.line { display: none; }

        footer { margin-top: 40px; padding-top: 14px; border-top: 1px solid var(--rule); color: var(--soft); font-size: 13px; }
        """
}
