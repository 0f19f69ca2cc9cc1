"""python_openpyxl.py FILE [read-only]: the peer.  Reads every cell of a
workbook with python3-openpyxl.  Prints the seconds, of the clock and of the
processor, that it took without starting Python, and the cells that hold
anything."""
import sys
import time

from openpyxl import load_workbook


def main():
    begin, begun = time.monotonic(), time.process_time()
    book = load_workbook(sys.argv[1], read_only=len(sys.argv) > 2)
    cells = sum(value is not None
                for page in book.worksheets
                for row in page.iter_rows(values_only=True)
                for value in row)
    print(f"{time.monotonic() - begin:.4f} {time.process_time() - begun:.4f} "
          f"{cells}")


main()
