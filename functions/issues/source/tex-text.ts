const symbols = new Map(
  `alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ
  phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω times × div ÷ cdot · ast ∗ pm ± mp ∓
  leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ equiv ≡ sim ∼ propto ∝ ll ≪ gg ≫ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ oint ∮ in ∈ notin ∉
  subset ⊂ subseteq ⊆ supset ⊃ cup ∪ cap ∩ emptyset ∅ forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ to → rightarrow → leftarrow ← Rightarrow ⇒
  implies ⇒ Leftarrow ⇐ leftrightarrow ↔ Leftrightarrow ⇔ iff ⇔ mapsto ↦ ldots … cdots … dots … vdots ⋮ circ ∘ degree ° angle ∠ perp ⊥ parallel ∥
  oplus ⊕ otimes ⊗ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ hbar ℏ ell ℓ Re ℜ Im ℑ prime ′ star ⋆ bullet • because ∵ therefore ∴`
    .split(/\s+/)
    .flatMap((word, n, all): [string, string][] => (n % 2 === 0 ? [[word, all[n + 1] ?? '']] : [])),
);
/** They say how something looks. */
const silent = new Set(
  `left right big Big bigg Bigg displaystyle textstyle limits nolimits mathrm mathbf mathit mathsf mathtt mathbb mathcal boldsymbol text textbf
  textit operatorname label tag hat bar vec tilde overline underline begin end`.split(/\s+/),
);
const raised = new Map([...'0123456789+-=()nix'].map((sign, n) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ'][n] ?? '']));
const lowered = new Map([...'0123456789+-=()aeioxn'].map((sign, n) => [sign, [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢₒₓₙ'][n] ?? '']));

const deepest = 20;

/** A formula in TeX as a line of plain characters: `\frac{a}{b^2}` is `a/b²`. Signs that are not known keep their names. */
export function texText(tex: string): string {
  const parts = tex.match(/\\(?:[a-zA-Z]+\*?|.)|[{}^_&~]|\s+|[^\\{}^_&~\s]/gsu) ?? [];
  let at = 0;

  const group = (depth: number): string => {
    while (/^\s/.test(parts[at] ?? '')) at += 1;
    if (parts[at] !== '{') return part(depth);
    at += 1;
    let inside = '';
    while (at < parts.length && parts[at] !== '}') inside += part(depth + 1);
    at += 1;
    return inside.trim();
  };
  const part = (depth: number): string => {
    const next = parts[at++] ?? '';
    if (next === '{' && depth < deepest) {
      at -= 1;
      return group(depth);
    }
    if (next === '^' || next === '_') return depth < deepest ? shifted(group(depth + 1), next) : '';
    if (/^[{}&]$/.test(next)) return '';
    if (/^\\[a-zA-Z]/.test(next)) return command(next.slice(1).replace('*', ''), depth);
    if (next.startsWith('\\')) return /^\\[%$#&_{}|]/.test(next) ? next.slice(1) : ' ';
    return /^[\s~]/.test(next) ? ' ' : next;
  };
  const command = (name: string, depth: number): string => {
    if (/^[dt]?frac$/.test(name) && depth < deepest) return `${bracketed(group(depth + 1))}/${bracketed(group(depth + 1))}`;
    if (name === 'sqrt' && depth < deepest) return `√${bracketed(group(depth + 1))}`;
    if ((name === 'begin' || name === 'end') && depth < deepest) group(depth + 1);
    if (/^q?quad$/.test(name)) return ' ';
    return silent.has(name) ? '' : (symbols.get(name) ?? name);
  };

  let text = '';
  while (at < parts.length) text += part(0);
  return text.replace(/\s+/g, ' ').trim();
}

const bracketed = (text: string) => (/^[\p{L}\p{N}.]*$/u.test(text) ? text : `(${text})`);

function shifted(text: string, sign: '^' | '_'): string {
  const known = sign === '^' ? raised : lowered;
  const signs = [...text].map((character) => known.get(character));
  return signs.every((character) => character !== undefined) ? signs.join('') : `${sign}${bracketed(text)}`;
}
