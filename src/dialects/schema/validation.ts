// The nouns of validation libraries: a validation, how one is found, and what an expression gives of it. Types only.
import type { Insertion } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';

/** The place of a variable among the validated values. */
export interface Place {
	path: string[];
	optional: boolean;
	/** It has a value where the variable has none. */
	defaulted?: boolean;
	/** It may be missing, but an empty text does not pass. */
	refusesEmpty?: boolean;
	insertions: Insertion[];
}

/** Why a variable has no place. `snippet` is to be pasted by the user. */
export interface Problem {
	problem: string;
	snippet: string;
}

/** One call that validates the environment. */
export interface Validation {
	/** Two validations with the same node are the same. */
	node: Morph.Node;
	/** What it validates by, also where the values are listed: a fallback by the same schema is no other validation. */
	schema?: Morph.Node;
	/** The property of the call's result that holds the values; null when the call gives the values themselves. */
	under: string | null;
	/** Types that the call itself names for its values. */
	types: Morph.TypeNode[];
	/** An object that the schema makes of the values at last: `.transform((env) => ({ … }))`. */
	mapping?: Morph.Expression | undefined;
	place(variable: string): Place | Problem;
}

/** How the validations of a library are found. */
export interface Search {
	/** The validation that a call is. */
	validationOf(call: Morph.CallExpression): Validation | null;
	/** The validation whose values a parameter receives, inside the schema. */
	ofParameter?(parameter: Morph.ParameterDeclaration): Validation | null;
	/** What an expression would validate, with the keys that it declares, if it is a schema. */
	ofSchema?(expression: Morph.Expression): { validation: Validation; keys: string[] } | null;
	/** The same for a call that checks what callers give: `plainToInstance(Variables, config)`. */
	ofGiven?(call: Morph.CallExpression): { validation: Validation; keys: string[] } | null;
	/** The validation after which the environment itself is given out: `if (!Value.Check(schema, process.env)) …`. */
	ofEnvironment?(source: Morph.SourceFile): Validation | null;
}

interface Base {
	validation: Validation;
	/** What the value is checked against on the way. */
	types: Morph.TypeNode[];
}

/** What an expression gives. */
export type Validated =
	| (Base & { kind: 'result' })
	/** The values; `own` are the keys that are put over them. */
	| (Base & { kind: 'values'; own: string[] })
	/** An object literal, perhaps made of the values. */
	| { kind: 'object'; object: Morph.ObjectLiteralExpression; types: Morph.TypeNode[] };
