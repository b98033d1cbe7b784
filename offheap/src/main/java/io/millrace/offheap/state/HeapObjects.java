package io.millrace.offheap.state;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/** Objects by number, numbers used again. For what cannot become bytes. */
final class HeapObjects {
    private final IntArrayList free = new IntArrayList();
    private Object[] objects = new Object[8];
    private int size;

    int add(Object object) {
        int number = free.isEmpty() ? size++ : free.removeAt(free.size() - 1);
        if (number == objects.length) {
            objects = Arrays.copyOf(objects, 2 * number);
        }
        objects[number] = object;
        return number;
    }

    Object get(long number) {
        return objects[(int) number];
    }

    void remove(long number) {
        objects[(int) number] = null;
        free.addInt((int) number);
    }
}
