package io.millrace.engine.save;

import java.io.IOException;

/** A batch that has no directory: what an earlier run of it published goes. Nothing is staged for it. */
final class DirectoryRemoval implements Publication {
    /** Begins its description. */
    static final String KIND = "removal";

    private final DirectoryPlace place;

    DirectoryRemoval(DirectoryPlace place) {
        this.place = place;
    }

    @Override
    public String describe() {
        return KIND + " " + place.target();
    }

    @Override
    public void publish() {
        if (!place.hasEarlier()) {
            return;
        }
        try {
            String obstacle = place.obstacle();
            if (obstacle != null) {
                throw SaveException.conflict(place.target(), obstacle, null);
            }
            if (place.isTaken()) {
                place.setAside();
            }
        } catch (IOException failed) {
            throw SaveException.unremoved(place.target(), failed);
        }
        place.settle("is removed");
    }

    @Override
    public void discard() {}
}
