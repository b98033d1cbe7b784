package io.millrace.engine.function;

/** A class to be copied: a top-level one, since the bytes of a copy are its own alone. */
final class ShapeTemplate {
    private final String name;

    ShapeTemplate(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return "a template called " + name;
    }
}
