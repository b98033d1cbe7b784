package io.millrace.engine.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.conf.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalBackendTest {
    @Test
    void aClassThatIsNotThereIsNamedBeforeAnyThreadIsMade() {
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[2]")
                .setAppName("unknown class")
                .set(Settings.KRYO_CLASSES.key(), "com.example.Nowhere");
        List<Thread> made = new ArrayList<>();
        EnginePorts ports = EnginePorts.ofSystem().withThreads(body -> {
            made.add(new Thread(body));
            return made.get(made.size() - 1);
        });

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new LocalBackend(conf, ports));

        assertTrue(refused.getMessage().contains("com.example.Nowhere"), refused.getMessage());
        assertEquals(List.of(), made);
    }
}
