package io.millrace.jmh.bench;

import java.util.List;

/** What {@code scripts/bench} starts. */
public final class Bench {
    private static final String USAGE = """
            Usage: scripts/bench COMMAND [OPTIONS]

            Measures, prints raw results and a table, and writes them as a folder perf-reports/DATE-COMMIT-QUESTION/.

              flow wordcount        lines to word counts, whole flow, beside the same lambdas in a bare loop
                --systems A,B|all     bare-strings, bare-decoded, bytes, lines-plain, lines-recognised, records-plain,
                                      records-recognised, socket-plain, socket-recognised (default all)
                --batch-ms MS         the batch interval (default 200)
                --warm S              warm-up in seconds (default 5)
                --secs S              length of a repetition (default 1)
                --reps N              repetitions in each round (default 7)
                --chunks N            thousands of lines that are fed round and round (default 500)
                --vocabulary N        distinct words (default 10000)
                --master local[N]     for the engine; the bare loops always have two threads (default local[2])
                --set KEY=VALUE       a setting of the engine; may come several times
              idle                  CPU time of an empty batch
                --batch-ms MS         (default 10)
                --batches N           in each repetition (default 1000)
                --reps N              repetitions in each round (default 5)
                --warm N              batches before, for the compilers to finish (default 3000)
                --set KEY=VALUE
              ticks                 how late batches begin, beside a bare parking loop
                --batch-ms MS         (default 1)
                --batches N           (default 20000)
                --warm N              batches before (default 5000)
                --set KEY=VALUE
              flush                 what a batch pays while state is written behind memory
                --keys N              remembered (default 2000000)
                --touched N           records a batch (default 20000)
                --batch-ms MS         (default 50)
                --batches N           (default 400)
                --warm N              batches before (default 100)
              durability            records/s, and how late batches and records are, with a checkpoint and a write-ahead log and without
                --durabilities A,B    off, process, process+log, fsync, fsync+log (default all)
                --batch-ms MS,MS      intervals of a count by key (default 1,10,1000)
                --stateless-ms MS,MS  intervals of a count without state (default 10; none leaves it out)
                --keys N              remembered (default 20000)
                --rate N              records a second, where lateness is measured (default 100000)
                --warm S              at full speed (default 3)
                --reps N              seconds that are measured at full speed (default 5)
                --secs S              that are measured at the fixed rate, and ten batches at least (default 5)
                --directory FOLDER    where checkpoints are (default where temporary files are)
                --set KEY=VALUE       a setting of the engine; may come several times
              snapshot              how late batches are while all keys are written, beside writing them at once
                --keys N,N            remembered (default 1000000,10000000)
                --batch-ms MS         (default 10)
                --rate N              (default 100000)
                --warm S, --reps N    at full speed, as above
                --secs S              at the fixed rate (default 10)
                --snapshot-bytes B    of log, after which a snapshot begins, at the fixed rate (default 512k: one a second or so)
                --full-snapshot-bytes B  the same at full speed (default 16m)
                --directory FOLDER, --set KEY=VALUE
              recovery              from start() to the first batch, beside a plain loop over the same files
                --keys N,N            remembered (default 10000,1000000,10000000)
                --log-bytes B         of log behind the snapshot (default 67108864)
                --cache A,B           cold, warm (default both)
                --batch-ms MS         (default 10)
                --directory FOLDER, --set KEY=VALUE
              jmh [PATTERN]         rooms alone: all benchmarks whose name contains PATTERN, a regular expression
                --secs S              length of an iteration (default 1)
                --warm N              warm-up iterations (default 3)
                --iterations N        measured iterations (default 5)
                --param NAME=A,B      only these values of a parameter
              compare BEFORE AFTER  two folders of one question, figure by figure
              help                  this text

            All measuring commands:
              --rounds N            measured JVMs per system, or forks of JMH (default 3, JMH 2)
              --jvm FLAGS           flags of the measured JVMs
              --out FOLDER          another folder for the report
              --no-report           print only

            Nothing else should run meanwhile: 'cores others used' says whether something did.
            """;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        String command = args.length == 0 ? "" : args[0];
        List<String> rest = List.of(args).subList(Math.min(1, args.length), args.length);
        try {
            switch (command) {
                case "flow" -> new FlowCommand(rest).run();
                case "idle" -> new IdleCommand(rest).run();
                case "ticks" -> new TicksCommand(rest).run();
                case "durability" -> new DurabilityCommand(rest).run();
                case "snapshot" -> new SnapshotCommand(rest).run();
                case "recovery" -> new RecoveryCommand(rest).run();
                case "flush" -> new FlushCommand(rest).run();
                case "jmh" -> new JmhCommand(rest).run();
                case "compare" -> new CompareCommand(rest).run();
                case "help", "--help", "-h" -> System.out.print(USAGE);
                default ->
                    throw new UsageException(
                            (command.isEmpty() ? "a command is missing" : "there is no command " + command)
                                    + "; there are flow, idle, ticks, flush, durability, snapshot,"
                                    + " recovery, jmh, compare and help");
            }
        } catch (UsageException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
        } catch (IllegalStateException failed) {
            System.err.println("bench: " + failed.getMessage());
            System.exit(1);
        }
    }
}
