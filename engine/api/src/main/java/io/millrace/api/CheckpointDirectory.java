package io.millrace.api;

import io.millrace.api.function.Function0;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A directory that may hold a checkpoint: one of Millrace, or regular files named {@code checkpoint-} and digits, which are Spark's. */
final class CheckpointDirectory {
    private static final System.Logger LOG = System.getLogger(CheckpointDirectory.class.getName());
    private static final Pattern NAME = Pattern.compile("checkpoint-\\d+.*");

    private static final String FORMAT = "FORMAT"; // as the engine names it

    private final String directory;

    CheckpointDirectory(String directory) {
        if (directory == null) {
            throw new IllegalArgumentException("the checkpoint directory cannot be null; give a path, such as"
                    + " \"/var/lib/my-program/checkpoint\"");
        }
        this.directory = directory;
    }

    /**
     * The context that {@code create} makes, if there is no checkpoint here.
     *
     * @param createOnError also if there is one that cannot be read
     * @throws MillraceException if there is one that cannot be read
     */
    StreamingContext getOrCreate(Function0<StreamingContext> create, boolean createOnError) {
        List<String> files = checkpointFiles();
        if (!files.isEmpty()) {
            MillraceException unreadable = unreadable(files);
            if (!createOnError) {
                throw unreadable;
            }
            LOG.log(System.Logger.Level.WARNING, unreadable.getMessage());
        }
        StreamingContext context = made(create);
        context.recover(directory, isOurs(), createOnError);
        return context;
    }

    /** Whether there is something that Millrace wrote. */
    private boolean isOurs() {
        return Files.isRegularFile(path().resolve(FORMAT));
    }

    private Path path() {
        return directory.startsWith("file:") ? Path.of(URI.create(directory)) : Path.of(directory);
    }

    /** Why no context can be made from here alone. */
    RuntimeException noContext() {
        List<String> files = checkpointFiles();
        return files.isEmpty()
                ? new IllegalArgumentException("no context was given, and no checkpoint is in '" + directory
                        + "'; make the context by StreamingContext.getOrCreate(directory, factory)")
                : unreadable(files);
    }

    static StreamingContext made(Function0<StreamingContext> create) {
        try {
            return create.call();
        } catch (RuntimeException thrown) {
            throw thrown;
        } catch (Exception thrown) {
            throw new MillraceException("the function that makes the context failed: " + thrown.getMessage(), thrown);
        }
    }

    private MillraceException unreadable(List<String> files) {
        return new MillraceException("failed to read a checkpoint from directory '" + directory + "': it holds " + files
                + ", and none of them can be read by this version; give another directory, or let getOrCreate make a"
                + " new context by createOnError");
    }

    private List<String> checkpointFiles() {
        Path path = path();
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException unlistable) {
            throw new MillraceException(
                    "failed to read the checkpoint directory '" + directory + "': " + unlistable.getMessage(),
                    unlistable);
        }
    }
}
