package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.function.Function0;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** getOrCreate and its relatives where there is no checkpoint (behaviour spec 2.6, 5.4). */
class CheckpointDirectoryTest {
    @TempDir
    Path directory;

    private final StreamingContext made = new FakeBackend().context();
    private final Function0<StreamingContext> factory = () -> made;

    @Test
    void withoutACheckpointTheFactoryMakesTheContext() throws IOException {
        assertSame(
                made, StreamingContext.getOrCreate(directory.resolve("missing").toString(), factory));
        assertSame(made, StreamingContext.getOrCreate(directory.toString(), factory));
        Files.createDirectory(directory.resolve("checkpoint-1000"));
        Files.writeString(directory.resolve("checkpoint-x"), "no time in its name");
        Files.writeString(directory.resolve("receivedData"), "no checkpoint");
        assertSame(made, StreamingContext.getOrCreate(directory.toUri().toString(), factory));
        assertEquals(StreamingContextState.INITIALIZED, made.getState());
    }

    @Test
    void aCheckpointThatCannotBeReadIsRefusedUnlessANewContextIsWantedThen() throws IOException {
        Files.writeString(directory.resolve("checkpoint-1000.bk"), "blablabla");
        MillraceException refused = assertThrows(
                MillraceException.class, () -> StreamingContext.getOrCreate(directory.toString(), factory));
        assertTrue(
                refused.getMessage().contains(directory.toString())
                        && refused.getMessage().contains("checkpoint-1000.bk")
                        && refused.getMessage().contains("createOnError"),
                refused.getMessage());
        assertSame(made, StreamingContext.getOrCreate(directory.toString(), factory, true));
        assertThrows(MillraceException.class, () -> new StreamingContext(directory.toString()));
    }

    @Test
    void noContextComesFromADirectoryAlone() {
        String refusal = assertThrows(IllegalArgumentException.class, () -> new StreamingContext(directory.toString()))
                .getMessage();
        assertTrue(refusal.contains(directory.toString()) && refusal.contains("getOrCreate"), refusal);
    }

    @Test
    void theDirectoryComesFromTheProgramOrItsSettings() {
        assertEquals(Optional.empty(), made.checkpointDirectory());
        MillraceConf conf = FakeBackend.conf().set("spark.streaming.checkpoint.directory", "somewhere");
        StreamingContext context = new StreamingContext(MillraceContext.on(new FakeBackend(), conf), new Duration(1));
        assertEquals(Optional.of("somewhere"), context.checkpointDirectory());
        context.checkpoint(null);
        assertEquals(Optional.empty(), context.checkpointDirectory());
    }
}
