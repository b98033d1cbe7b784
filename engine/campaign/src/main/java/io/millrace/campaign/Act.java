package io.millrace.campaign;

/** What is done at a {@link Point}. */
enum Act {
    CREATE("create"),
    OPEN("open"),
    READ("read"),
    WRITE("write"),
    /** Zeros are written, to take the space. */
    RESERVE("reserve"),
    TRUNCATE("truncate"),
    FORCE("force"),
    LIST("list"),
    /** Asked whether it is there, or how long it is. */
    LOOK("look"),
    RENAME("rename"),
    DELETE("delete"),
    MAKE("make"),
    FORCE_FOLDER("forceFolder"),
    MAP("map"),
    LOCK("lock"),
    /** A function of the program. */
    RUN("run");

    private final String text;

    Act(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
