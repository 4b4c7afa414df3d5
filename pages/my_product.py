from orgdata.ui import frame

view = frame.enter("my_product")
