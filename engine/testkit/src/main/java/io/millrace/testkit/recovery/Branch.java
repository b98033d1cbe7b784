package io.millrace.testkit.recovery;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A part of a program that remembers, and its meaning.
 *
 * @param name for people
 * @param slide it gives something in each batch whose number is a multiple of this
 */
record Branch(String name, int slide, Build build, Reference reference) {

    /** Adds it to a program. */
    @FunctionalInterface
    interface Build {
        DStream<String> on(StreamingContext context, PairDStream<Object, Integer> pairs);
    }

    /** Plays it with plain collections. */
    @FunctionalInterface
    interface Reference {
        /**
         * What comes out in each batch, by its number from 1, each batch's texts sorted.
         *
         * @param batches the rows of batch 1, 2, ...; null for one that was left out, which gives nothing
         */
        Map<Integer, List<String>> play(List<List<Row>> batches);
    }

    /** Both, in one output; they slide alike. */
    Branch union(Branch other) {
        return new Branch(
                name + " union " + other.name,
                slide,
                (context, pairs) -> build.on(context, pairs)
                        .map(text -> "a " + text)
                        .union(other.build.on(context, pairs).map(text -> "b " + text)),
                batches -> both(reference.play(batches), other.reference.play(batches)));
    }

    private static Map<Integer, List<String>> both(Map<Integer, List<String>> left, Map<Integer, List<String>> right) {
        Map<Integer, List<String>> all = new TreeMap<>();
        left.forEach((batch, texts) -> all.put(
                batch,
                new ArrayList<>(Stream.concat(
                                texts.stream().map(text -> "a " + text),
                                right.get(batch).stream().map(text -> "b " + text))
                        .sorted()
                        .toList())));
        return all;
    }
}
