package io.millrace.testkit.recovery;

/** What keys a program has. */
enum Keys {
    TEXTS {
        @Override
        Object of(int number) {
            return "k" + number;
        }
    },
    LONGS {
        @Override
        Object of(int number) {
            return (long) number << 33;
        }
    },
    INTS {
        @Override
        Object of(int number) {
            return number;
        }
    };

    abstract Object of(int number);
}
