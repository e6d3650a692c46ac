"""LaTeX to text: what a reader would see, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.exports.tex import tex
from mkdocs_papers.sources.latex import latex_to_text, paragraphs_from_tex, verbatim_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{The physical volcanology}}", "The physical volcanology"),
        (r"Erd{\H o}s, P{\'a}l and Fran{\c{c}}ois", "Erdős, Pál and François"),
        (r"\"{o}\"o{\"o}{\"{o}}\~n\=a\.z\u{g}\k{a}\d{a}\r{a}", "ööööñāżğąạå"),
        (r"na\"{\i}ve S\~ao \'{\i}l \L{}odz {\aa}{\o}{\AE} \ss foo", "naïve São íl Łodz åøÆ ßfoo"),
        ("pages 1--2 --- ``quoted'' a~b", "pages 1–2 — “quoted” a b"),
        (r"$\infty$ and $ n $-grams, \(a+b\), \ensuremath{\alpha}", r"$\infty$ and $n$-grams, $a+b$, $\alpha$"),
        (r"The set $\lbrace x\rbrace $", r"The set $\{x\}$"),
        ("from $5 to $6, and $5", "from $5 to $6, and $5"),
        (r"100% sure, 5\% off and \\% of", "100% sure, 5% off and % of"),
        (r"\textbraceleft{}a\textbraceright{} \textbar{} \textless b\textgreater", "{a} | <b>"),
        (r"R\&D \& AT&T \#1 a\_b C^2 @", "R&D & AT&T #1 a_b C^2 @"),
        (r"\LoRA{}: a\xspace b, \glqq c\grqq{}", r"\LoRA: a b, „c“"),
        (r"La \og th{\'e}orie\fg{} de \og Doe\fg", "La « théorie » de « Doe »"),
        (r"{\selectlanguage{german}\foreignlanguage{german}{Wort}}", "Wort"),
        (r"\LoRA and \foo{bar} \emph{x} \textsc{Bert} {\bf A} \textsuperscript{2}", r"\LoRA and bar x Bert A $^2$"),
        (r"CO\textsubscript{2} at 10\textsuperscript{-3}", "CO$_2$ at 10$^{-3}$"),
        (r"\href{https://example.org/}{a page}", "a page"),
        (r"\href {https://example.org/} {a page} {BERT}", "a page BERT"),
        (r"\url{https://example.org/a_b}", "https://example.org/a_b"),
        (r"at \url{https://example.org/~me}", "at https://example.org/~me"),
        (r"\section{One} \cite{two} \footnote{three} \input{four}", "One [two] four"),
        (r"by~\citep[see][p.~3]{one,two}, and \citet*{three}", "by [one,two], and [three]"),
        (r"example.org/\~{}me or \^{} \`{}", "example.org/~me or ^ `"),
        (r"\texorpdfstring{$\ell_1$}{l1}-norm, {\noopsort{1973}}1981", r"$\ell_1$-norm, 1981"),
        (r"A \textcolor{red}{red}\thanks{By us.} \raisebox{1ex}{box}\hspace{1em}here", "A red box here"),
        (r"\today", r"\today"),
        ("a}{b", "ab"),
        (r"\begin{foo", r"\beginfoo"),
        (r"\begin{itemize}\item a\end{itemize}", r"\item a"),
        ("{" * 2000 + "deep" + "}" * 2000, "deep"),
        ("\\'", "\\'"),
        ("\\", "\\"),
        ("{\\", "\\"),
        ("plain 中文 Ångström", "plain 中文 Ångström"),
    ],
)  # fmt: skip
def test_the_text_of_latex(source: str, text: str) -> None:
    assert latex_to_text(source) == text


@pytest.mark.parametrize("accent", ["\\'", '\\"', "\\bar "])
def test_accents_of_accents_are_followed_without_going_down(accent: str) -> None:
    assert latex_to_text(f"a {accent * 20_000}").startswith("a ")


@given(st.text(st.sampled_from("ab \\{}$%~-`'!?&#_^\"@LoRA\n0"), max_size=30))
def test_any_text_is_taken_and_no_letter_is_lost(source: str) -> None:
    # Names of commands are not text, and what follows them may be taken for their argument.
    bare = source.replace("\\", "")
    assert sorted(filter(str.isdigit, latex_to_text(bare))) == sorted(filter(str.isdigit, bare))
    latex_to_text(source)


@given(st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=40).filter(lambda text: "$" not in text))
def test_what_the_export_writes_is_read_back(text: str) -> None:
    assert tex(latex_to_text(tex(text))) == tex(text)
    assert latex_to_text(tex(text)).casefold().split() == one_line(text).casefold().split()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"https://example.org/a\_b\%20c\&d\#e", "https://example.org/a_b%20c&d#e"),
        (r"\url{https://example.org/~x}", "https://example.org/~x"),
        (r"https://example.org/{\textasciitilde}x/\~{}y", "https://example.org/~x/~y"),
        (r"10.1000/a{\textunderscore}b ", "10.1000/a_b"),
        ("https://example.org/a--b", "https://example.org/a--b"),
    ],
)
def test_addresses_are_taken_as_they_are_meant(source: str, text: str) -> None:
    assert verbatim_to_text(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\'{\i}\'\i x\v S\H{o}\c c \`a\^{\j}", "ííxŠőç àĵ"),
        (r"a\,b\ c\\d\&e", "a b c d&e"),
        (r"{\em Emph} \textbf{bold {\"u}ber} \emph{$x_{1}$ and 5\%}", "Emph bold über $x_{1}$ and 5%"),
        (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
        (r"\BibTeX{} \XeTeX{} Spar\-si\/ty \i{} \j{} \S 3 \P{} \pounds 5", "BibTeX XeTeX Sparsity ı ȷ §3 ¶ £5"),
        (r"\dag\ddag{} a\dots b\ldots{} c\cdots{} \textdegree{} \textmu m \copyright", "†‡ a…b… c⋯ ° µm ©"),
        (r"{\it a}{\sc b}{\sl c}{\tt d}{\rm e}{\sf f}{\itshape g}{\bfseries h}{\scshape i}", "abcdefghi"),
        (r"a\!b\@c\protect d\quad e\qquad f\newline g", "abcd e f g"),
        (r"\guillemotleft a\guillemotright{} \checkmark{} \textregistered{} \texttrademark", "«a» ✓ ® ™"),
        (r"\textbackslash{} \textasciitilde{} \textasciicircum{} \textunderscore{} \textdollar", r"\ ~ ^ _ $"),
        (r"\textquotedbl{} \textquotesingle{} \textnumbersign{} \textpercent{} \textampersand", "\" ' # % &"),
        *((rf"\{name}{{One}} more", "One more") for name in ("enquote", "mkbibquote", "mkbibemph", "textulc", "uline")),
        (r"\foo[opt]{arg} \foo {arg}", "[opt]arg arg"),
        (r"\frac{1}{2}", "12"),
        (r"\$5 and \$6", "$5 and $6"),
    ],
)
def test_commands_and_what_belongs_to_them(source: str, text: str) -> None:
    assert latex_to_text(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"Code.\footnote{\url{https://a.org/b\_c}} Good.", "Code. (https://a.org/b_c) Good."),
        (r"See \href {https://a.org/b} {here}.", "See here (https://a.org/b)."),
        (r"See \href{https://a.org/~b}{here}.", "See here (https://a.org/~b)."),
        (r"See \href{https://a.org/b\_c}{\texttt{https://a.org/b\_c}}.", "See https://a.org/b_c."),
        (r"One\footnote{Two \href{https://a.org}{three}}", "One (Two three (https://a.org))"),
        (r"\href{https://a.org} \href{b", r"\hrefhttps://a.org \hrefb"),
        (r"\footnote{never", "(never)"),
    ],
)
def test_footnotes_and_links_of_an_abstract_are_not_lost(source: str, text: str) -> None:
    assert paragraphs_from_tex(source) == text


@pytest.mark.parametrize("part", [r"\href{", r"\href{a}{", r"\footnote{"])
def test_asides_that_never_end_are_not_each_followed_to_the_end(part: str) -> None:
    assert paragraphs_from_tex(part * 20_000)


def test_arxiv_indents_a_paragraph() -> None:
    assert (
        paragraphs_from_tex("  One\nline of $x$.\n  Two \\'{e}.\n\nThree.\n") == "One line of $x$.\n\nTwo é.\n\nThree."
    )
    assert paragraphs_from_tex(" \n ") is None
    assert paragraphs_from_tex(None) is None
