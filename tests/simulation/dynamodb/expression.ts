import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compare, equal, InvalidRequest, isSetType, memberName, members, type StoredItem, setOf, typeOf } from './attribute-value.ts';

/** What an expression is evaluated against: an item as it is, and the request's names and values. */
type Scope = { item: StoredItem | undefined; names: Record<string, string>; values: Record<string, AttributeValue> };
export type Condition = (scope: Scope) => boolean;
/** Writes into `into`, reading only from the scope: every action of an update sees the item as it was. */
export type UpdateAction = (scope: Scope, into: StoredItem) => void;
type Operand = (scope: Scope) => AttributeValue | undefined;

const conditions = new Map<string, Condition>();
const updates = new Map<string, UpdateAction>();

/** A ConditionExpression or KeyConditionExpression, in the subset that the stores use; anything else is refused. */
export const conditionOf = (expression: string): Condition => remembered(conditions, expression, () => new Parser(expression).condition());

/** An UpdateExpression: SET, REMOVE, ADD and DELETE over whole attributes. */
export const updateOf = (expression: string): UpdateAction => remembered(updates, expression, () => new Parser(expression).update());

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

const tokens = /\s*(<>|<=|>=|[=<>(),+-]|[#:]?[A-Za-z_][A-Za-z0-9_]*)/y;
const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'];
const comparisons: Record<string, (a: AttributeValue | undefined, b: AttributeValue | undefined) => boolean> = {
  '=': equal,
  '<>': (a, b) => a !== undefined && b !== undefined && !equal(a, b),
  '<': (a, b) => (compare(a, b) ?? 1) < 0,
  '<=': (a, b) => (compare(a, b) ?? 1) <= 0,
  '>': (a, b) => (compare(a, b) ?? -1) > 0,
  '>=': (a, b) => (compare(a, b) ?? -1) >= 0,
};

/** Recursive descent; `OR` binds loosest, then `AND`, then `NOT`. */
class Parser {
  readonly #expression: string;
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(expression: string) {
    this.#expression = expression;
    tokens.lastIndex = 0;
    while (expression.slice(tokens.lastIndex).trim() !== '') {
      const [, token] = tokens.exec(expression) ?? this.#refuse('has a sign we do not know');
      this.#tokens.push(token ?? '');
    }
  }

  condition(): Condition {
    const condition = this.#or();
    return this.#at === this.#tokens.length ? condition : this.#refuse(`goes on with ${this.#peek()}`);
  }

  update(): UpdateAction {
    const actions: UpdateAction[] = [];
    const seen = new Set<string>();
    while (this.#at < this.#tokens.length) {
      const section = this.#next().toUpperCase();
      if (!sections.includes(section) || seen.has(section)) this.#refuse(`has a second or unknown section ${section}`);
      seen.add(section);
      do actions.push(this.#action(section));
      while (this.#accept(','));
    }
    return (scope, into) => {
      for (const action of actions) action(scope, into);
    };
  }

  #or(): Condition {
    const any = [this.#and()];
    while (this.#acceptWord('OR')) any.push(this.#and());
    return any.length === 1 ? (any[0] as Condition) : (scope) => any.some((each) => each(scope));
  }

  #and(): Condition {
    const all = [this.#not()];
    while (this.#acceptWord('AND')) all.push(this.#not());
    return all.length === 1 ? (all[0] as Condition) : (scope) => all.every((each) => each(scope));
  }

  #not(): Condition {
    if (!this.#acceptWord('NOT')) return this.#single();
    const negated = this.#not();
    return (scope) => !negated(scope);
  }

  #single(): Condition {
    if (this.#accept('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const name = this.#peek().toLowerCase();
    if (this.#tokens[this.#at + 1] === '(' && name in functions) {
      this.#at += 2;
      const operands = this.#operands();
      return (scope) => (functions[name] as (typeof functions)[string])(operands.map((operand) => operand(scope)));
    }
    return this.#comparison(this.#operand());
  }

  #comparison(left: Operand): Condition {
    if (this.#acceptWord('BETWEEN')) {
      const low = this.#operand();
      if (!this.#acceptWord('AND')) this.#refuse('has BETWEEN without AND');
      const high = this.#operand();
      return (scope) => (compare(left(scope), low(scope)) ?? -1) >= 0 && (compare(left(scope), high(scope)) ?? 1) <= 0;
    }
    if (this.#acceptWord('IN')) {
      this.#expect('(');
      const among = this.#operands();
      return (scope) => left(scope) !== undefined && among.some((operand) => equal(left(scope), operand(scope)));
    }
    const holds = comparisons[this.#next()] ?? this.#refuse('compares with a sign we do not know');
    const right = this.#operand();
    return (scope) => holds(left(scope), right(scope));
  }

  #operands(): Operand[] {
    const found: Operand[] = [];
    do found.push(this.#operand());
    while (this.#accept(','));
    this.#expect(')');
    return found;
  }

  #operand(): Operand {
    const token = this.#next();
    if (token.startsWith(':')) return ({ values }) => values[token] ?? undefinedIn('values', token);
    if (token === 'if_not_exists') {
      this.#expect('(');
      const [path, otherwise] = this.#operands();
      return (scope) => path?.(scope) ?? otherwise?.(scope);
    }
    const path = pathOf(token);
    return (scope) => scope.item?.[path(scope)];
  }

  #action(section: string): UpdateAction {
    const path = pathOf(this.#next());
    if (section === 'REMOVE') return (scope, into) => void delete into[path(scope)];
    if (section === 'SET') {
      this.#expect('=');
      const value = this.#sum();
      return (scope, into) => {
        into[path(scope)] = value(scope) ?? invalid('The provided expression refers to an attribute that does not exist in the item');
      };
    }
    const operand = this.#operand();
    return (scope, into) => {
      const name = path(scope);
      const result = changed(section, scope.item?.[name], operand(scope) as AttributeValue);
      if (result) into[name] = result;
      else delete into[name];
    };
  }

  #sum(): Operand {
    const left = this.#operand();
    const sign = this.#peek() === '+' ? 1 : this.#peek() === '-' ? -1 : 0;
    if (sign === 0) return left;
    this.#at += 1;
    const right = this.#operand();
    return (scope) => ({ N: String(numberOf(left(scope)) + sign * numberOf(right(scope))) });
  }

  #peek = () => this.#tokens[this.#at] ?? '';
  #next = () => this.#tokens[this.#at++] ?? this.#refuse('ends too early');
  #accept = (token: string) => this.#peek() === token && this.#at++ >= 0;
  #acceptWord = (word: string) => this.#peek().toUpperCase() === word && this.#at++ >= 0;
  #expect(token: string) {
    if (!this.#accept(token)) this.#refuse(`lacks ${token} before ${this.#peek()}`);
  }
  #refuse(why: string): never {
    throw new InvalidRequest(`The expression ${this.#expression} ${why}`);
  }
}

const functions: Record<string, (operands: (AttributeValue | undefined)[]) => boolean> = {
  attribute_exists: ([value]) => value !== undefined,
  attribute_not_exists: ([value]) => value === undefined,
  begins_with: ([value, start]) => value?.S?.startsWith(start?.S ?? '\0') ?? false,
  contains: ([value, part]) => {
    if (!value || !part) return false;
    if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
    const type = typeOf(value);
    if (isSetType(type)) return members(value, type).some((member) => memberName(member) === memberName(Object.values(part)[0]));
    return value.L?.some((element) => equal(element, part)) ?? false;
  },
};

/** ADD to a number or a set, DELETE from a set; undefined when nothing is left. */
function changed(section: string, before: AttributeValue | undefined, by: AttributeValue): AttributeValue | undefined {
  const type = typeOf(by);
  if (section === 'ADD' && type === 'N') return { N: String((before ? numberOf(before) : 0) + numberOf(by)) };
  if (!isSetType(type)) return invalid(`${section} takes no operand of type ${type}`);
  if (before && typeOf(before) !== type) return invalid(`${section} meets an attribute of type ${typeOf(before)}`);
  const merged = new Map((before ? members(before, type) : []).map((member) => [memberName(member), member]));
  for (const member of members(by, type)) {
    if (section === 'ADD') merged.set(memberName(member), member);
    else merged.delete(memberName(member));
  }
  return merged.size > 0 ? setOf(type, [...merged.values()]) : undefined;
}

const pathOf = (token: string) => (token.startsWith('#') ? ({ names }: Scope) => names[token] ?? undefinedIn('names', token) : () => token);
const numberOf = (value: AttributeValue | undefined) => (value?.N === undefined ? invalid('An operand is no number') : Number(value.N));
const undefinedIn = (what: string, token: string) => invalid(`An expression attribute ${what.slice(0, -1)} is not defined: ${token}`);
function invalid(message: string): never {
  throw new InvalidRequest(message);
}
