package io.millrace.api.function;

/** Whether a text stands in another, and where; see {@link Text#contains} and its like. */
record TextMatch(Expression.Place place, String text) implements ToBoolean<String> {

    TextMatch {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("the text has a lone surrogate (" + Quoted.hex(c) + ") at index " + i
                        + ", which UTF-8 cannot hold; use a lambda for such a search");
            }
        }
    }

    @Override
    public boolean applyBoolean(String value) {
        return switch (place) {
            case ANYWHERE -> value.contains(text);
            case START -> value.startsWith(text);
            case END -> value.endsWith(text);
            case WHOLE -> value.equals(text);
        };
    }

    @Override
    public Expression expression() {
        return new Expression.Match(place, text);
    }

    @Override
    public String toString() {
        String name = switch (place) {
            case ANYWHERE -> "contains";
            case START -> "startsWith";
            case END -> "endsWith";
            case WHOLE -> "equalTo";
        };
        return "Text." + name + "(" + Quoted.text(text) + ")";
    }
}
