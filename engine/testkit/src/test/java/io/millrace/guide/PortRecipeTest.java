package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.guide.GuidePage.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page for those who come from Spark: its recipe ports a program, its names exist. */
@Timeout(60)
class PortRecipeTest {
    private static final Path PAGE = Path.of("../docs/spark-differences.md");

    /** A program that uses a name of each kind, and prints what it finds. */
    private static final String SPARK_PROGRAM = """
            import java.util.*;
            import org.apache.spark.SparkConf;
            import org.apache.spark.SparkContext;
            import org.apache.spark.SparkException;
            import org.apache.spark.TaskContext;
            import org.apache.spark.HashPartitioner;
            import org.apache.spark.api.java.*;
            import org.apache.spark.api.java.Optional;
            import org.apache.spark.api.java.function.*;
            import org.apache.spark.broadcast.Broadcast;
            import org.apache.spark.storage.StorageLevel;
            import org.apache.spark.streaming.*;
            import org.apache.spark.streaming.api.java.*;
            import org.apache.spark.streaming.receiver.Receiver;
            import org.apache.spark.streaming.scheduler.*;
            import org.apache.spark.util.LongAccumulator;
            import scala.Tuple2;

            public class Ported {
                static class Words extends Receiver<String> {
                    Words() {
                        super(StorageLevel.MEMORY_ONLY());
                    }

                    @Override
                    public void onStart() {
                        store(Arrays.asList("to", "be", "or", "not", "to", "be").iterator());
                    }

                    @Override
                    public void onStop() {}
                }

                static class Watcher implements StreamingListener {
                    @Override
                    public void onBatchCompleted(StreamingListenerBatchCompleted completed) {}
                }

                public static void main(String[] args) throws Exception {
                    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("Ported");
                    JavaSparkContext sc = new JavaSparkContext(conf);
                    JavaStreamingContext jssc = new JavaStreamingContext(sc, Durations.milliseconds(50));
                    jssc.addStreamingListener(new Watcher());
                    Broadcast<String> least = sc.broadcast("c");
                    LongAccumulator words = sc.sc().longAccumulator("words");
                    JavaPairRDD<String, Integer> lengths = sc.parallelizePairs(
                            Arrays.asList(new Tuple2<>("to", 2), new Tuple2<>("be", 2)));

                    JavaReceiverInputDStream<String> input = jssc.receiverStream(new Words());
                    JavaPairDStream<String, Integer> counts =
                            input.mapToPair(s -> new Tuple2<>(s, 1)).reduceByKey((a, b) -> a + b, new HashPartitioner(2));
                    JavaPairDStream<String, Tuple2<Integer, Optional<Integer>>> known =
                            counts.transformToPair(rdd -> rdd.leftOuterJoin(lengths));
                    known.foreachRDD((rdd, time) -> {
                        SparkContext context = new JavaSparkContext(rdd.context()).sc();
                        JavaRDD<String> texts = rdd.map(t -> {
                            words.add(t._2()._1());
                            return t._1() + " " + t._2()._1() + " " + t._2()._2().orNull() + (TaskContext.get() == null);
                        });
                        for (String text : texts.collect()) {
                            System.out.println(text.compareTo(least.value()) < 0 ? text : text + " " + context.appName());
                        }
                    });
                    jssc.start();
                    while (words.value() < 6) {
                        jssc.awaitTerminationOrTimeout(1);
                    }
                    jssc.stop(true, true);
                    Optional<String> nothing = Optional.absent();
                    if (nothing.isPresent()) {
                        throw new SparkException("something");
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    private String ported() throws Exception {
        Path script = Files.writeString(directory.resolve("port.sed"), blockOf("sed"));
        Path source = Files.writeString(directory.resolve("Ported.java"), SPARK_PROGRAM);
        Process sed = new ProcessBuilder("sed", "-E", "-f", script.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(sed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, sed.waitFor(), text);
        return text;
    }

    private static String blockOf(String language) throws Exception {
        String page = Files.readString(PAGE);
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertTrue(block.find(), "no block of " + language);
        return block.group(1);
    }

    @Test
    void aProgramThatTheRecipeHasGoneOverCompilesAndRuns() throws Exception {
        String text = ported();
        assertFalse(Pattern.compile("[Ss]park|scala|Java[A-Z]").matcher(text).find(), text);

        Sample program = new Sample("ported", 1, text, List.of());
        Path classes = Files.createDirectory(directory.resolve("classes"));
        try (CompiledSamples compiled = CompiledSamples.of(List.of(program), Path.of("Ported.java"), classes);
                PrintedLines printed = new PrintedLines()) {
            compiled.classOf(program).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            printed.assertBeginsWith(
                    List.of("be 2 2false", "to 2 2false Ported", "or 1 nullfalse Ported", "not 1 nullfalse Ported"));
        }
    }

    @Test
    void theNamesOfTheTableExist() throws Exception {
        String table = Files.readString(PAGE).split("### Names\n")[1].split("### Recipe\n")[0];
        List<String> names = new ArrayList<>();
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            Matcher name =
                    Pattern.compile("`(io\\.millrace\\.api\\.|)([A-Z]\\w+)`").matcher(row.split("\\|")[2]);
            name.results().forEach(found -> names.add("io.millrace.api." + found.group(2)));
        }
        assertTrue(names.size() > 10, names.toString());
        for (String name : names) {
            Class.forName(name);
        }
    }
}
