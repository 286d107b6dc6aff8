/* phrases.c - what the commonest messages of gcc and clang mean
 *
 * The first that fits is used: the special before the general.  Where words
 * fit only sometimes, they say perhaps, or ask.
 */
#include "phrases.h"

const phrase phrases[] = {
    { "unterminated argument list|unterminated function-like",
      "The closing bracket ) of this macro is missing.", NOTHING },
    { "called object", "Something is called like a function and is none.",
      SOURCE },
    { "unterminated comment", "A comment is opened and never closed.",
      NOTHING },
    { "unterminated", "Something is opened here and never closed.",
      NOTHING },
    { "missing terminating", "A quote is opened and never closed.",
      NOTHING },
    { "within comment|within block comment",
      "A comment starts inside another: perhaps the one above was never "
      "closed, and what stands between is no code any more.",
      NOTHING },
    { "nested functions|function definition is not allowed here|invalid "
      "storage class for function",
      "A function starts inside another one: a closing brace } is "
      "missing above.",
      NOTHING },
    { "expected declaration or statement at end of input|expected '}'",
      "The file ends inside a function: a closing brace } is missing.",
      NOTHING },
    { "extraneous closing brace|expected identifier or '('",
      "There is code outside every function.  Perhaps a brace } above is "
      "one too many.",
      NOTHING },
    { "requires 3 arguments|too few arguments provided to function-like "
      "macro|too many arguments provided to function-like macro",
      "The macro wants other arguments: element (i, j) of a matrix is "
      "at(a, i, j).",
      NOTHING },
    { "expected ';'|expected ',' or ';'",
      "A statement ends with a semicolon.", SEMICOLON },
    { "expected ')'",
      "A closing bracket ) is missing, or something before it is "
      "misspelt.",
      NOTHING },
    { "expected ']'",
      "A closing bracket ] is missing, or something before it is "
      "misspelt.",
      NOTHING },
    { "without a previous 'if'",
      "This else has no if: between if and else stands one statement, or "
      "several in braces.",
      NOTHING },
    { "expected expression",
      "Here a number or a name is missing, or a bracket or an operator "
      "is one too many.",
      SOURCE },
    { "stray|unexpected character|non-ASCII",
      "A character that is no C: perhaps a typographic quote or a "
      "no-break space, copied from a page.",
      NOTHING },
    { "implicit declaration of function|implicitly declaring library "
      "function|call to undeclared|built-in function",
      "No function of this name is declared.", NEAREST },
    { "undeclared", "Nothing of this name is declared here or above.",
      NEAREST },
    { "unknown type name", "No type of this name is known.", NEAREST },
    { "No such file|file not found",
      "The file to be included was not found: is its name spelled right?",
      NOTHING },
    { "has no member named|no member named",
      "The structure has no field of this name; the header lists those "
      "it has.",
      NOTHING },
    { "is a pointer; did you mean to use '->'",
      "It is a pointer to a structure: write p->field, not p.field.",
      NOTHING },
    { "invalid type argument of '->'|is not a pointer; did you mean to "
      "use '.'",
      "It is a structure, not a pointer: write s.field, not s->field.",
      NOTHING },
    { "invalid type argument of unary '*'|indirection requires pointer",
      "A * in front reads what a pointer points to; this is no pointer.",
      NOTHING },
    { "subscripted value",
      "Only arrays and pointers have [i]; element (i, j) of a matrix is "
      "at(a, i, j).",
      NOTHING },
    { "too few arguments",
      "The function wants more arguments: its contract in the header "
      "shows them.",
      NOTHING },
    { "too many arguments",
      "The function wants fewer arguments: its contract in the header "
      "shows them.",
      NOTHING },
    { "incompatible type for argument|passing ",
      "This argument has another type than the contract in the header.",
      LEVEL },
    { "incompatible types when|from incompatible type|with an expression "
      "of incompatible type",
      "The two sides have different types: is one of them a whole matrix "
      "or structure where one of its numbers is meant?",
      NOTHING },
    { "incompatible pointer type",
      "These pointers point to different things.", NOTHING },
    { "makes pointer from integer|integer to pointer conversion",
      "A number stands where a pointer belongs.  Perhaps a & is missing.",
      NOTHING },
    { "makes integer from pointer|pointer to integer conversion",
      "A pointer stands where a number belongs.  Perhaps a * or an [i] "
      "is missing.",
      NOTHING },
    { "comparison between pointer and integer",
      "A pointer is compared with a number.  Perhaps a * or an [i] is "
      "missing.",
      NOTHING },
    { "invalid operands to", "These two things cannot be combined.",
      SOURCE },
    { "lvalue required|is not assignable",
      "What stands left of = cannot be assigned to.", NOTHING },
    { "assignment of read-only|const-qualified",
      "This is const: it may be read, not changed.", NOTHING },
    { "with a different type",
      "This variable is declared twice in one block.  To give it a new "
      "value, leave the type out.",
      NOTHING },
    { "conflicting types", "It is declared twice, with different types.",
      SOURCE },
    { "redefinition of", "This is defined twice; delete one of the two.",
      NOTHING },
    { "redeclaration of",
      "This variable is declared twice in one block.  To give it a new "
      "value, leave the type out.",
      NOTHING },
    { "control reaches end of non-void|does not return a value",
      "One way through the function ends without a return.", NOTHING },
    { "'return' with no value|should return a value",
      "The function promises a value, and this return gives none.",
      NOTHING },
    { "'return' with a value|should not return a value",
      "The function is void: it returns nothing.", NOTHING },
    { "used uninitialized|is uninitialized",
      "The variable is read before anything was written to it.", NOTHING },
    { "unused variable",
      "The variable is never used.  Is it misspelt where it should be?",
      NOTHING },
    { "set but not used",
      "The variable is written and never read.  Is it misspelt where it "
      "should be?",
      NOTHING },
    { "comparison result unused|result unused|value computed is not "
      "used|statement with no effect",
      "The result is thrown away: to give a variable a value, write = or "
      "-=.",
      NOTHING },
    { "using integer absolute value",
      "abs() is for whole numbers; fabs() is for real ones.", NOTHING },
    { "suggest parentheses around assignment|using the result of an "
      "assignment",
      "= assigns; to compare, write ==.", NOTHING },
    { "different signedness|integers of different signs",
      "One side can be negative and the other cannot: count with size_t.",
      NOTHING },
    { "always true",
      "An unsigned number is never below 0: count down with for (size_t "
      "i = n; i-- > 0;).",
      NOTHING },
    { "always false", "An unsigned number is never below 0.", NOTHING },
    { "sizeof",
      "sizeof a pointer is the size of the pointer, not of what it "
      "points to.",
      NOTHING },
    { "empty body",
      "The semicolon ends the statement: what is written below it is "
      "done in any case.",
      NOTHING },
    { "misleading indentation",
      "Without braces only the first statement belongs to the line above.",
      NOTHING },
    { "clause does not guard",
      "Without braces only the first statement belongs to this line.",
      NOTHING },
    { "division by zero", "The number below the line is a constant 0.",
      NOTHING },
    { "format ",
      "The % in the text and the argument do not agree: %g is for real "
      "numbers, %d for int, %zu for size_t.",
      NOTHING },
    { "break statement not within|'break' statement not in",
      "This break stands outside of a loop.", NOTHING },
    { "shadows",
      "A variable of this name is there already; in this block the new "
      "one hides it.",
      NOTHING },
    { "variable length array",
      "The length of an array is a constant; matrix_new() makes what is "
      "as long as the data are.",
      NOTHING },
    { 0 },
};
