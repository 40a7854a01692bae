import ctypes
import mmap
import re
from pathlib import Path

import pytest

from graders.worker import pages


def huge_kibibytes(address):
    """Return what of the mapping that holds an address lies in large pages, as the kernel says."""
    for part in re.split(r"(?m)^(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text()):
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", part)
        if head and int(head[1], 16) <= address < int(head[2], 16):
            return int(re.search(r"AnonHugePages: +(\d+) kB", part)[1])
    raise AssertionError("no such mapping")


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux has such pages")
def test_memory_in_use_is_put_into_large_pages_and_keeps_its_content():
    with mmap.mmap(-1, 4 * pages.HUGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as block:
        content = bytes(range(256)) * (len(block) // 256)
        block.write(content)
        address = ctypes.addressof(ctypes.c_char.from_buffer(block))
        if not pages.collapse():
            pytest.skip("this kernel has no large pages to give")
        assert huge_kibibytes(address) >= 2 * pages.HUGE >> 10
        assert block[:] == content
